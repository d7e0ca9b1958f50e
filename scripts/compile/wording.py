"""What texts must not hold, whatever they say, and what the wording of a figure says of its exactness."""

import polars as pl

# UTF-8 read as another encoding, characters lost on the way, HTML left over, question marks for letters.
GARBLED = (
    r"Ã[\x{80}-\x{BF}©¨¼¶¤±³]|â€|Ð[\x{80}-\x{BF}°-¿]|Ñ[\x{80}-\x{8F}]|[ÐÑ][^\w\s]|\x{FFFD}|&(?:amp|quot|apos|lt|gt|nbsp|#[0-9]+|#x[0-9a-fA-F]+);"
    r"|<(?:/?(?:p|b|i|em|strong|br|span|div|a)\b[^>]*)>|\p{L}\?\p{L}|\?\?\?|\\[nt\"]"
)
SUSPECT = ["Ã", "â€", "Ð", "Ñ", "\ufffd", "&", "<", "?", "\\"]
# In a sentence of the coder's own: another script, a question, brackets, marks of work in progress.
UNKEMPT = (
    r"[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Georgian}\p{Armenian}\p{Thai}]"
    r"|[?\[\]]|\b(?:TODO|XXX|TBC|sic|check)\b"
)
# A sentence that was cut on the way has none of these at its end.
ENDS = [".", "!", "?", "…", "»", "”", '"', "'", ")", "]"]

CYRILLIC = {"be", "bg", "kk", "ky", "mk", "mn", "ru", "tg", "uk"}
BOTH = {"bs", "cnr", "hr", "sh", "sr", "uz", "az", "tk", "tt"}
OTHER = {
    "ar",
    "fa",
    "ur",
    "he",
    "yi",
    "el",
    "ka",
    "hy",
    "zh",
    "ja",
    "ko",
    "hi",
    "bn",
    "ne",
    "th",
    "km",
    "my",
    "lo",
    "am",
    "ti",
    "si",
    "ta",
    "dv",
    "ps",
    "ku",
    "ml",
    "te",
}
# Letters that tell languages of one script apart.
FOREIGN = {"ru": "[іїєґўђћџњљѓќ]", "uk": "[ыэъёў]", "bg": "[ыэёіїєґў]", "be": "[ищъїєґ]", "mk": "[ыэъёіїщйю]"}

# ISO 639-1, and the codes of ISO 639-3 for languages that it leaves out and pages are written in.
CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl "
    "gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml "
    "mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg "
    "th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu cnr ckb prs fil tet"
)
LANGUAGES = frozenset(CODES.split())

# Words beside a number, in the languages of the coded articles. Those that mean something else beside no number are bound to one below.
AT_LEAST = (
    "at least|more than|no fewer than|not less than|no less than|upwards of|a minimum of|mindestens|mehr als|wenigstens|au moins|plus de|al menos|más de|por lo menos"
    "|almeno|più di|pelo menos|mais de|meer dan|minstens|ten minste|mer än|minst|mer enn|mere end|flere end|mindst|vähintään|yli|více než|nejméně|alespoň|viac ako"
    "|najmenej|ponad|więcej niż|co najmniej|mai mult de|cel puțin|cel puţin|več kot|najmanj|više od|najmanje|повече от|најмалку|повеќе од|поне|более|больше|свыше"
    "|не менее|не меньше|как минимум|по меньшей мере|більше|понад|щонайменше|не менше|több mint|legalább|τουλάχιστον|daugiau nei|daugiau kaip|mažiausiai|vairāk nekā"
    "|vismaz|rohkem kui|vähemalt|en az"
)
ABOUT = (
    "about|around|roughly|approximately|nearly|almost|close to|etwa|rund|ungefähr|knapp|environ|près de|alrededor de|cerca de|en torno a|una decina|ongeveer|een tiental"
    "|bijna|cirka|omkring|omtrent|noin|přibližně|približne|zhruba|około|aproximativ|okoli|približno|около|примерно|порядка|почти|приблизительно|околу|приблизно|близько"
    "|майже|mintegy|körülbelül|περίπου|maždaug|aptuveni|apmēram|umbes|yaklaşık|dozens|several dozen|scores|dutzende|dizaine|douzaine|vingtaine|trentaine|quarantaine"
    "|cinquantaine|decena|docena|desítky|десятки|десятков|dziesiątki|zeci de"
)
AT_MOST = (
    "up to|at most|no more than|not more than|a maximum of|bis zu|höchstens|jusqu'à|au plus|como máximo|hasta|fino a|al massimo|até|no máximo|hooguit|maximaal|opptil"
    "|upp till|op til|nejvýše|nie więcej niż|не более|не больше|legfeljebb"
)
BESIDE_NUMBER = {
    "at_least": "over|über|oltre|peste|preko|над|üle|vyše|přes|πάνω από",
    "about": "some|circa|ca|unos|unas|asi|okolo|oko|vreo",
}


def words(text: pl.Expr, qualifier: str) -> pl.Expr:
    """Whether the wording of a figure says that it is ``at_least``, ``about`` or ``at_most``."""
    listed = {"at_least": AT_LEAST, "about": ABOUT, "at_most": AT_MOST}[qualifier]
    near = f"|(?:{BESIDE_NUMBER[qualifier]})\\P{{L}}{{1,3}}[0-9]" if qualifier in BESIDE_NUMBER else ""
    return text.str.to_lowercase().str.replace_all("’", "'").str.contains(rf"(?:^|[^\p{{L}}])(?:(?:{listed})(?:[^\p{{L}}]|$){near})")


def contradicts(text: pl.Expr, qualifier: pl.Expr) -> pl.Expr:
    """Whether the wording of a figure says how exact it is, and the qualifier of the figure says otherwise."""
    worded = {name: words(text, name) for name in ("at_least", "about", "at_most")}
    agrees = pl.any_horizontal(matched & (qualifier == name) for name, matched in worded.items())
    return pl.any_horizontal(worded.values()) & ~agrees & (qualifier != "none")


def garbled(text: pl.Expr) -> pl.Expr:
    """Whether a text was spoilt on its way: letters of another encoding, entities, question marks for letters."""
    return text.str.contains_any(SUSPECT) & text.str.contains(GARBLED)


def unkempt(text: pl.Expr) -> pl.Expr:
    """Whether a sentence holds letters that English has not, a question or mark of work in progress, a mended legal term, or itself again."""
    mended = text.str.contains(r"(?i)\bperson\w* non ") & ~text.str.contains(r"(?i)\bperson(?:a|ae|as) non grat(?:a|ae|as)\b")
    again = text.str.slice(16).str.contains(text.str.slice(0, 16), literal=True) & (text.str.len_chars() > 32)
    return text.str.contains(UNKEMPT) | mended | again


def unfinished(text: pl.Expr) -> pl.Expr:
    """Whether a sentence does not end: it was cut."""
    return ~text.str.slice(-1).is_in(ENDS)


def without_its_script(text: pl.Expr, language: pl.Expr) -> pl.Expr:
    """Whether a text in a language of one script has letters of others only."""
    latin, cyrillic = text.str.contains(r"\p{Latin}"), text.str.contains(r"\p{Cyrillic}")
    of_cyrillic = language.is_in(CYRILLIC)
    return (of_cyrillic & ~cyrillic & latin) | (~of_cyrillic & ~language.is_in(BOTH | OTHER) & cyrillic & ~latin)


def of_another_script(text: pl.Expr, language: pl.Expr) -> pl.Expr:
    """Whether a text has letters that its language does not; an English description is none, since all may have one."""
    cyrillic, other = text.str.contains(r"\p{Cyrillic}"), text.str.contains(r"[\p{L}--[\p{Latin}\p{Cyrillic}]]")
    strange = (cyrillic & ~language.is_in(CYRILLIC | BOTH)) | (other & ~language.is_in(OTHER))
    for name, letters in FOREIGN.items():
        strange |= cyrillic & (language == name) & text.str.to_lowercase().str.contains(letters)
    return strange
