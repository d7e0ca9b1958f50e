-- What English words of `says` mean; read before the rules, which call these macros.
-- An actor's names: its name, adjective, capital and seat of power, each as far as all its forms share it, or whole with a blank behind it.
CREATE OR REPLACE TEMP MACRO names_of(actor) AS coalesce(MAP {
    'AFG': 'Afghan|Kabul|Taliban', 'ALB': 'Albania|Tirana', 'AND': 'Andorra', 'ARE': 'Emirat|UAE|Abu Dhabi', 'ARG': 'Argentin|Buenos Aires',
    'ARM': 'Armenia|Yerevan', 'AUS': 'Australia|Canberra', 'AUT': 'Austria|Vienna ', 'AZE': 'Azerbaijan|Azeri|Baku', 'BEL': 'Belgi|Brussels',
    'BGD': 'Bangladesh|Dhaka', 'BGR': 'Bulgaria|Sofia', 'BIH': 'Bosnia|Sarajevo', 'BLR': 'Belarus|Byelorussia|Minsk', 'BOL': 'Bolivia|La Paz',
    'BRA': 'Brazil|Brasilia', 'BRN': 'Brunei', 'CAF': 'Central African|Bangui', 'CAN': 'Canad|Ottawa', 'CHE': 'Swiss|Switzerland|Bern',
    'CHL': 'Chile|Santiago', 'CHN': 'China|Chinese|Beijing|Peking', 'CIV': 'Ivoir|Ivory Coast|Ivorian|Abidjan', 'COD': 'Congo|Zair|Kinshasa',
    'COE': 'Council of Europe|Strasbourg', 'COG': 'Congo|Brazzaville', 'COL': 'Colombia|Bogot', 'CPV': 'Cape Verd|Cabo Verd', 'CSK': 'Czechoslovak|Prague',
    'CUB': 'Cuba|Havana', 'CYP': 'Cypr|Nicosia', 'CZE': 'Czech|Prague', 'DDR': 'East German|East Berlin|German Democratic|GDR', 'DEU': 'German|Berlin|Bonn',
    'DNK': 'Danish|Dane |Danes |Denmark|Copenhagen', 'DOM': 'Dominican|Santo Domingo', 'DZA': 'Algeria|Algiers', 'ECU': 'Ecuador|Quito', 'EGY': 'Egypt|Cairo',
    'ESP': 'Spain|Spanish|Spaniard|Madrid', 'EST': 'Estonia|Tallinn', 'ETH': 'Ethiopia|Addis Ababa', 'EU': 'EU |European Union|European|Brussels',
    'FIN': 'Finland|Finnish|Finn |Finns |Helsinki', 'FRA': 'France|French|Paris', 'GBR': 'Brit|UK |United Kingdom|English|London|Downing Street',
    'GEO': 'Georgia|Tbilisi', 'GHA': 'Ghana|Accra', 'GRC': 'Greece|Greek|Athens', 'GTM': 'Guatemala', 'HRV': 'Croat|Zagreb', 'HTI': 'Haiti|Port au Prince',
    'HUN': 'Hungar|Budapest', 'IDN': 'Indonesia|Jakarta', 'IND': 'India|Delhi', 'IRL': 'Ireland|Irish|Dublin', 'IRN': 'Iran|Tehran|Persia', 'IRQ': 'Iraq|Baghdad',
    'ISL': 'Iceland|Reykjav', 'ISR': 'Israel|Tel Aviv|Jerusalem', 'ITA': 'Ital|Rome', 'JOR': 'Jordan|Amman', 'JPN': 'Japan|Tokyo', 'KAZ': 'Kazakh|Astana|Almaty',
    'KEN': 'Kenya|Nairobi', 'KGZ': 'Kyrgyz|Kirgiz|Bishkek', 'KHM': 'Cambodia|Kampuchea|Phnom Penh', 'KOR': 'South Korea|Korean|Seoul|Republic of Korea',
    'KWT': 'Kuwait', 'LAO': 'Lao|Vientiane', 'LBN': 'Leban|Beirut', 'LBR': 'Liberia|Monrovia', 'LBY': 'Libya|Tripoli', 'LKA': 'Sri Lanka|Ceylon|Colombo',
    'LTU': 'Lithuania|Vilnius', 'LUX': 'Luxemb', 'LVA': 'Latvia|Riga', 'MAR': 'Morocc|Rabat', 'MCO': 'Monac|Monegasque', 'MDA': 'Moldov|Chisinau|Chișinău|Chişinău',
    'MDG': 'Madagascar|Malagasy', 'MDV': 'Maldiv', 'MEX': 'Mexic', 'MKD': 'Macedonia|Skopje', 'MLI': 'Mali|Bamako', 'MLT': 'Malt|Valletta',
    'MMR': 'Myanmar|Burm|Rangoon|Yangon|Naypyidaw', 'MNE': 'Montenegr|Podgorica', 'MNG': 'Mongol|Ulan Bator|Ulaanbaatar', 'MYS': 'Malaysia|Kuala Lumpur',
    'NATO': 'NATO|North Atlantic|alliance|Alliance|Brussels', 'NER': 'Niger |Nigerien|Niamey', 'NGA': 'Nigeria|Lagos|Abuja', 'NIC': 'Nicaragua|Managua',
    'NLD': 'Dutch|Netherland|The Hague|Holland', 'NOR': 'Norw|Oslo', 'NPL': 'Nepal|Kathmandu', 'NZL': 'New Zealand|Wellington', 'PAK': 'Pakistan|Islamabad|Karachi',
    'PER': 'Peru|Lima', 'PHL': 'Philippin|Filipin|Manila', 'POL': 'Poland|Polish|Pole |Poles |Warsaw', 'PRK': 'Northkorea|Korean|Pyongyang|DPRK',
    'PRT': 'Portug|Lisbon', 'PSE': 'Palestin|Ramallah', 'ROU': 'Romania|Rumania|Bucharest', 'RUS': 'Russia|Moscow|Kremlin|Lavrov|Zakharova', 'SAU': 'Saudi|Riyadh',
    'SDN': 'Sudan|Khartoum', 'SEN': 'Senegal|Dakar', 'SLE': 'Sierra Leon|Freetown', 'SLV': 'Salvador', 'SOM': 'Somali|Mogadish', 'SRB': 'Serb|Belgrade',
    'SSD': 'Southsudan|Juba', 'SUN': 'Soviet|USSR|Moscow|Kremlin|Russia', 'SVK': 'Slovak|Bratislava', 'SVN': 'Sloven|Ljubljana', 'SWE': 'Swed|Stockholm',
    'SWZ': 'Swazi|Eswatini', 'SYR': 'Syria|Damascus', 'TCD': 'Chad|Ndjamena|N Djamena', 'THA': 'Thai|Bangkok', 'TJK': 'Tajik|Dushanbe', 'TKM': 'Turkmen|Ashgabat',
    'TUN': 'Tunis', 'TUR': 'Turk|Türk|Ankara|Istanbul', 'TWN': 'Taiwan|Taipei|Republic of China', 'TZA': 'Tanzania|Tanganyika|Dar es Salaam', 'UGA': 'Ugand|Kampala',
    'UKR': 'Ukrain|Kyiv|Kiev|Odes|Lviv|Kharkiv', 'UN': 'UN |U N |UNHCR|UNICEF|UNRWA|UNDP|WHO |WFP |FAO |MINUSMA|United Nations|Secretariat|Secretary General', 'URY': 'Urugua|Montevideo',
    'USA': 'US |U S |United States|America|Washington|White House|State Department|Trump|Biden|Obama', 'UZB': 'Uzbek|Tashkent', 'VAT': 'Holy See|Vatican|nunci',
    'VEN': 'Venezuela|Caracas', 'VNM': 'Vietnam|Viet Nam|Hanoi', 'XKX': 'Kosov|Pristina|Prishtina|UNMIK', 'XRV': 'Vietnam|Viet Nam|Saigon', 'YEM': 'Yemen|Sana',
    'YMD': 'Yemen|Aden', 'YUG': 'Yugoslav|Belgrade', 'SCG': 'Yugoslav|Serbia|Belgrade', 'ZAF': 'South Africa|Pretoria', 'ZMB': 'Zambia|Lusaka',
    'ZWE': 'Zimbabwe|Rhodesia|Harare', 'OPCW': 'OPCW|Chemical Weapons', 'OSCE': 'OSCE|Co operation in Europe', 'IAEA': 'IAEA|Atomic Energy',
    'AGO': 'Angola|Luanda', 'ATG': 'Antigua', 'AU': 'African Union', 'BDI': 'Burundi', 'BEN': 'Benin', 'BFA': 'Burkina|Upper Volta',
    'BHR': 'Bahrain|Manama', 'BHS': 'Baham', 'BLZ': 'Belize', 'BRB': 'Barbad', 'BTN': 'Bhutan', 'BWA': 'Botswana', 'CIS': 'CIS|Independent States',
    'CMR': 'Cameroon|Yaoundé', 'COK': 'Cook Island', 'COM': 'Comor', 'CRI': 'Costa Ric', 'DJI': 'Djibouti', 'DMA': 'Dominica ', 'ERI': 'Eritre',
    'FJI': 'Fiji', 'FSM': 'Micronesia', 'GAB': 'Gabon', 'GIN': 'Guinea|Conakry', 'GMB': 'Gambia', 'GNB': 'Bissau',
    'GNQ': 'Equatoguin', 'GRD': 'Grenad', 'GUY': 'Guyan', 'HND': 'Hondura', 'ICRC': 'Red Cross|ICRC', 'JAM': 'Jamaica',
    'KIR': 'Kiribati', 'KNA': 'Saint Kitts|St Kitts', 'LAS': 'Arab League|Arab States', 'LCA': 'Saint Lucia|St Lucia', 'LIE': 'Liechtenstein',
    'LSO': 'Lesotho|Basotho', 'MHL': 'Marshall', 'MOZ': 'Mozambi', 'MRT': 'Maurita', 'MUS': 'Mauriti', 'MWI': 'Malawi', 'NAM': 'Namibia', 'NIU': 'Niue',
    'NRU': 'Nauru', 'OAS': 'OAS|American States', 'OMN': 'Oman |Omani|Muscat', 'PAN': 'Panama', 'PLW': 'Palau', 'PNG': 'Papua', 'PRY': 'Paragua',
    'QAT': 'Qatar|Doha', 'RWA': 'Rwanda|Kigali', 'SGP': 'Singapor', 'SLB': 'Solomon', 'SMR': 'San Marino', 'STP': 'São Tomé|Sao Tome', 'SUR': 'Surinam',
    'SYC': 'Seychell', 'TGO': 'Togo', 'TLS': 'Timor', 'TON': 'Tonga', 'TTO': 'Trinidad', 'TUV': 'Tuvalu', 'UNESCO': 'UNESCO|United Nations Educational',
    'VCT': 'Saint Vincent|St Vincent', 'VUT': 'Vanuatu', 'WSM': 'Samoa', 'WTO': 'WTO|World Trade', 'XAB': 'Abkhaz', 'XSO': 'Ossetia', 'XTB': 'Tibet',
    'XZA': 'Zanzibar', 'ECOWAS': 'ECOWAS|West African States', 'JMEC': 'JMEC|Monitoring and Evaluation', 'ILO': 'ILO|Labour', 'IMF': 'IMF|Monetary Fund', 'TIPH': 'TIPH|observer|International Presence'
}[actor], actor);
-- A text's words between single blanks; names that hold another state's become words of their own.
CREATE OR REPLACE TEMP MACRO spaced(text) AS replace(replace(replace(replace(replace(replace(
    ' ' || regexp_replace(text, '[^\p{L}\p{N}]+', ' ', 'g') || ' ', ' Latin America', ' Latinamerica'), ' North Korea', ' Northkorea'),
    ' Equatorial Guinea', ' Equatoguin'), ' Guinea Bissau', ' Bissau'), ' Papua New Guinea', ' Papua'), ' South Sudan', ' Southsudan');
-- Whether a spaced text names an actor; the names as a pattern of words in it.
CREATE OR REPLACE TEMP MACRO named(words, actor) AS list_bool_or([contains(words, ' ' || one_name) FOR one_name IN string_split(names_of(actor), '|')]);
CREATE OR REPLACE TEMP MACRO name_pattern(actor) AS '(' || replace(rtrim(names_of(actor)), ' |', '|') || ')\w*';
-- Whole numbers that a text gives, in digits or words, without those of days, years, periods, articles and names.
CREATE OR REPLACE TEMP MACRO numbers_in(text) AS list_transform(
    regexp_extract_all(
        regexp_replace(lower(text), '\b([0-9]{1,2}( and [0-9]{1,2})? (january|february|march|april|may|june|july|august|september|october|november|december)|(january|february|march|april|may|june|july|august|september|october|november|december) [0-9]{1,4}|1[6-9][0-9]{2}|20[0-9]{2}|[0-9a-z]+[ -]((calendar|working) )?(hours?|days?|weeks?|months?|years?)|(articles?|section) [0-9()a-z]+|covid-19)\b', ' ', 'g'),
        '\b([0-9]+|(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(-(one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|both|pair)\b'),
    lambda word: coalesce(try_cast(word AS INTEGER), MAP {
        'one': 1, 'two': 2, 'both': 2, 'pair': 2, 'three': 3, 'four': 4, 'five': 5, 'six': 6, 'seven': 7, 'eight': 8, 'nine': 9, 'ten': 10, 'eleven': 11,
        'twelve': 12, 'a dozen': 12, 'thirteen': 13, 'fourteen': 14, 'fifteen': 15, 'sixteen': 16, 'seventeen': 17, 'eighteen': 18, 'nineteen': 19,
        'twenty': 20, 'thirty': 30, 'forty': 40, 'fifty': 50, 'sixty': 60, 'seventy': 70, 'eighty': 80, 'ninety': 90
    }[string_split(word, '-')[1]] + coalesce(MAP {
        'one': 1, 'two': 2, 'three': 3, 'four': 4, 'five': 5, 'six': 6, 'seven': 7, 'eight': 8, 'nine': 9
    }[string_split(word, '-')[2]], 0))
);
-- Ranks of which there is one each: a sentence may name them beside a number of others.
CREATE OR REPLACE TEMP MACRO ranks_in(text) AS len(regexp_extract_all(
    lower(text), '\b(charg|attach|(ambassador|consul|representative|head|chief|director|deputy|assistant|second|third|fourth|further|another|envoy|counsellor|liaison|commissioner|nuncio|coordinator)\b)'
));
-- A publisher's name without an article, a domain, blanks and stops.
CREATE OR REPLACE TEMP MACRO bare(name) AS regexp_replace(regexp_replace(lower(name), '^the |\.[a-z]{2,4}$', '', 'g'), '[^\p{L}\p{N}]', '', 'g');
