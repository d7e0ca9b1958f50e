"""Numerals as articles print them, in the languages of the coded articles: what a figure in words says."""

import polars as pl

# Inflected forms stand beside the plain one; forms that are also other common words are left out. One is an article
# or a pronoun in most languages: it counts beside a larger number only ("two ... one", "zwei und ein").
WORDS = {
    1: "one another third ein eine einen einem einer eines un une uno una jeden jedna jednoho jednego один одного одному одну едниот yhden",
    2: "two zwei deux dos due dois duas twee två två tveimur kaksi kahden kahta dva dvě dvoje dwa dwoje dwóch dwaj doi două два две двух двоих двома двох двама двајца két kettő dy δύο iki",
    3: "three drei trois tres tre três drie tri tři tři troch troje trzy trzech trzej trei три трех трёх троих трьох трима тројца kolme három tři τρεις trije trys",
    4: "four vier quatre cuatro quattro quatro fyra fire čtyři štyri štyroch štiri štirje četiri četvoro cztery czterech czworo patru четыре четырех четырёх четверых чотири чотирьох четирима четири negy négy neljä τέσσερις katër",
    5: "five fünf cinq cinco cinque vijf fem pět päť pet pięć pięciu pięcioro pięciorga cinci пять пяти пятерых п'ять пет петима петмина петорица öt viisi πέντε pesë",
    6: "six sechs seis zes sex seks šest šesť sześć sześciu șase шесть шести шестерых шість шест шестима шестмина hat kuusi έξι gjashtë",
    7: "seven sieben sept siete sette sete zeven sju syv sedm sedem sedam siedem siedmiu șapte семь семи семерых сім седем hét seitsemän επτά",
    8: "eight acht huit ocho otto oito åtta åtte otte osm osem osam osiem ośmiu opt восемь восьми восьмерых вісім осем осум nyolc kahdeksan οκτώ",
    9: "nine neun neuf nueve nove negen nio devět deväť devet dziewięć dziewięciu nouă девять девяти дев'ять девет kilenc yhdeksän εννέα",
    10: "ten zehn dix diez dieci dez tien tio deset desať dziesięć dziesięciu zece десять десяти десятерых десет десетмина tíz kymmenen δέκα dhjetë",
    11: "eleven elf onze undici elva elleve jedenáct jedenásť jedenaście одиннадцать одинадцять единадесет tizenegy",
    12: "twelve zwölf douze doce dodici doze twaalf tolv dvanáct dvanásť dwanaście двенадцать дванадцять дванадесет tizenkettő",
    13: "thirteen dreizehn treize trece tredici treze dertien tretton tretten třináct trinásť trzynaście тринадцать тринадцять",
    14: "fourteen vierzehn quatorze catorce quattordici veertien fjorton fjorten čtrnáct štrnásť czternaście четырнадцать чотирнадцять",
    15: "fifteen fünfzehn quinze quince quindici vijftien femton femten patnáct pätnásť piętnaście пятнадцать п'ятнадцять",
    16: "sixteen sechzehn seize sedici zestien sexton seksten šestnáct šestnásť szesnaście шестнадцать шістнадцять",
    17: "seventeen siebzehn diecisiete diciassette zeventien sjutton sytten sedmnáct sedemnásť siedemnaście семнадцать сімнадцять",
    18: "eighteen achtzehn dieciocho diciotto achttien arton atten osmnáct osemnásť osiemnaście восемнадцать вісімнадцять",
    19: "nineteen neunzehn diecinueve diciannove negentien nitton nitten devatenáct devätnásť dziewiętnaście девятнадцать дев'ятнадцять",
    20: "twenty zwanzig vingt veinte venti vinte twintig tjugo tyve dvacet dvadsať dvadeset dwadzieścia douăzeci двадцать двадцати двадцять двадесет húsz",
    30: "thirty dreißig trente treinta trenta trinta dertig trettio tretti třicet tridsať trideset trzydzieści treizeci тридцать тридцати тридцять тридесет harminc",
    40: "forty vierzig quarante cuarenta quaranta quarenta veertig fyrtio førti čtyřicet štyridsať četrdeset czterdzieści сорок сорока четиридесет negyven",
    50: "fifty fünfzig cinquante cincuenta cinquanta vijftig femtio femti padesát päťdesiat pedeset pięćdziesiąt пятьдесят пятидесяти п'ятдесят петдесет ötven",
    60: "sixty sechzig soixante sesenta sessanta zestig sextio šedesát šesťdesiat šezdeset sześćdziesiąt шестьдесят шістдесят шестдесет",
    70: "seventy siebzig setenta settanta zeventig sjuttio sedmdesát sedemdesiat sedamdeset siedemdziesiąt семьдесят сімдесят седемдесет",
    80: "eighty achtzig ochenta ottanta tachtig åttio osmdesát osemdesiat osamdeset osiemdziesiąt восемьдесят вісімдесят осемдесет",
    90: "ninety neunzig noventa novanta negentig nittio devadesát deväťdesiat devedeset dziewięćdziesiąt девяносто дев'яносто деветдесет",
    100: "hundred hundert cent cien cento cem honderd hundra sto сто száz",
}  # fmt: skip
VALUES = {word: value for value, words in WORDS.items() for word in words.split()}


def numbers(wording: pl.Expr) -> pl.Expr:
    """The numbers that a wording holds: digits if there are any, else numerals in words; a list of integers."""
    digits = wording.str.extract_all("[0-9]+").list.eval(pl.element().cast(pl.Int64, strict=False))
    words = wording.str.to_lowercase().str.extract_all(r"[\p{L}']+")
    values = words.list.eval(pl.element().replace_strict(VALUES, default=None, return_dtype=pl.Int64)).list.drop_nulls()
    values = pl.when(values.list.max() > 1).then(values).otherwise(pl.lit([], dtype=pl.List(pl.Int64)))
    return pl.when(digits.list.len() > 0).then(digits).otherwise(values)
