"""Numerals in words, in the languages of the articles."""

import polars as pl
import pytest

from scripts.compile import numerals


@pytest.mark.parametrize(
    ("wording", "wanted"),
    [
        ("34 diplomats", [34]),
        ("23 diplomats and 25 others", [23, 25]),
        ("thirty-five", [30, 5]), ("two, of whom one", [2, 1]), ("дев'ять", [9]), ("Osm", [8]),
        # One alone is an article or a pronoun as often as a number.
        ("a diplomat", []), ("one diplomat", []), ("один", []),
        ("several dozen", []), ("", []),
        ("digits go before words: 5 not six", [5]),
    ],
)  # fmt: skip
def test_numbers_of_a_wording(wording: str, wanted: list[int]) -> None:
    assert pl.select(numerals.numbers(pl.lit(wording))).item().to_list() == wanted


# Of each language the numerals that are told, in the order in which people count; a dot where one is not told, because its word is
# also another or no article had it. Inflected forms follow below.
COUNTED = {
    "English": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred",
    "German": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
    "Dutch": ". twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd",
    "French": "un deux trois quatre cinq . sept huit neuf dix onze douze treize quatorze quinze seize . . . vingt trente quarante cinquante soixante . . . cent",
    "Spanish": "uno dos tres cuatro cinco seis siete ocho nueve diez . doce trece catorce quince . diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien",
    "Italian": "uno due tre quattro cinque . sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento",
    "Portuguese": ". dois três quatro cinco seis sete oito nove dez onze doze treze . quinze . . . . vinte trinta quarenta . . setenta . noventa cem",
    "Romanian": ". doi trei patru cinci șase șapte opt nouă zece . . . . . . . . . douăzeci treizeci . . . . . . .",
    "Swedish": ". två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo trettio fyrtio femtio sextio sjuttio åttio nittio hundra",
    "Norwegian": ". . tre fire fem seks sju åtte . . elleve tolv tretten fjorten femten seksten sytten atten nitten tyve tretti førti femti . . . . .",
    "Danish": ". . tre fire fem seks syv otte . . elleve tolv . fjorten femten seksten sytten atten nitten tyve . . . . . . . .",
    "Czech": ". dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct osmnáct devatenáct dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát sto",
    "Slovak": ". dva tri štyri päť šesť sedem osem deväť desať jedenásť dvanásť trinásť štrnásť pätnásť šestnásť sedemnásť osemnásť devätnásť dvadsať tridsať štyridsať päťdesiat šesťdesiat sedemdesiat osemdesiat deväťdesiat sto",
    "Polish": "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt sto",
    "Slovenian": ". dva tri štiri pet šest sedem osem devet deset . . . . . . . . . . . . . . . . . .",
    "Croatian": ". dva tri četiri pet šest sedam osam devet deset . . . . . . . . . dvadeset trideset četrdeset pedeset šezdeset sedamdeset osamdeset devedeset sto",
    "Russian": "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто",
    "Ukrainian": ". два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто сто",
    "Bulgarian": ". два . четири пет шест седем осем девет десет единадесет дванадесет . . . . . . . двадесет тридесет четиридесет петдесет шестдесет седемдесет осемдесет деветдесет сто",
    "Hungarian": ". kettő három négy öt hat hét nyolc kilenc tíz tizenegy tizenkettő . . . . . . . húsz harminc negyven ötven . . . . száz",
    "Finnish": ". kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen . . . . . . . . . . . . . . . . . .",
    "Greek": ". δύο τρεις τέσσερις πέντε έξι επτά οκτώ εννέα δέκα . . . . . . . . . . . . . . . . . .",
    "Albanian": ". dy . katër pesë gjashtë . . . dhjetë . . . . . . . . . . . . . . . . . .",
    "Turkish": ". iki . . . . . . . . . . . . . . . . . . . . . . . . . .",
}  # fmt: skip
PLACES = [*range(1, 21), *range(30, 101, 10)]
INFLECTED = {
    1: "another third eine einen einem einer eines une una jedna jednoho jednego одного одному одну едниот yhden",
    2: "duas två tveimur kahden kahta dvě dvoje dwoje dwóch dwaj două две двух двоих двома двох двама двајца két",
    3: "troch troje trzy trzech trzej trys trije трех трёх троих трьох трима тројца",
    4: "štyroch štirje četvoro czterech czworo четырех четырёх четверых чотирьох четирима negy",
    5: "pięciu pięcioro pięciorga пяти пятерых петима петмина петорица",
    6: "sześciu шести шестерых шестима шестмина",
    7: "siedmiu семи семерых",
    8: "ośmiu восьми восьмерых осум",
    9: "dziewięciu девяти",
    10: "dziesięciu десяти десятерых десетмина",
    20: "двадцати",
    30: "тридцати",
    40: "сорока",
    50: "пятидесяти",
}


@pytest.mark.parametrize("language", COUNTED)
def test_every_number_that_is_told_is_the_one_that_people_count(language: str) -> None:
    """From one to twenty by ones, to a hundred by tens; one is told beside a larger number only."""
    words = COUNTED[language].split()
    counted = [(word, value) for word, value in zip(words, PLACES, strict=True) if word != "."]
    assert len(words) == 28
    for word, value in counted:
        output = pl.select(numerals.numbers(pl.lit(f"{word} ninety"))).item().to_list()
        assert output == [value, 90], word


def test_inflected_forms_are_their_number_s() -> None:
    output = {word: numerals.VALUES.get(word) for words in INFLECTED.values() for word in words.split()}
    assert output == {word: value for value, words in INFLECTED.items() for word in words.split()}


def test_no_other_word_is_a_number_and_none_stands_for_two() -> None:
    counted = {word for words in COUNTED.values() for word in words.split()} - {"."}
    inflected = {word for words in INFLECTED.values() for word in words.split()}
    assert set(numerals.VALUES) == counted | inflected
    assert all(len({value for value, listed in numerals.WORDS.items() if word in listed.split()}) == 1 for word in numerals.VALUES)
