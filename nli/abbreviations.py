"""Words before a full stop that does not, or not always, end a sentence."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(text.split())


# Always followed by the name or number they belong to.
TITLES = words(
    "Gen Sen Sens Rep Reps Gov Govs Lt Col Cpl Pvt Sgt Capt Cmdr Cdr Adm Maj Brig Dr Drs Mr Mrs Ms "
    "Mx Prof Rev Revd Hon St Ste Mt Ft Coun Cllr Cllrs Cr Supt Insp Det Atty Amb Pres Messrs "
    "Mme Mlle Sra Fr Msgr Dep Asst Assoc Sec vs v Const Ald Ven Pte Dir Min Spc Hrn Frl bzw "
    "z d u Dipl Ing"
)
NUMBERED = words("No Nos Art Arts Fig Figs Vol vol p pp pop Nr Nrn Abs Ch ch par Ziff")
MONTHS = words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Okt Dez Mrz")
# Words as well as abbreviations, the words being what a sentence ends on.
ALSO_WORDS = words("May No art fed fig id ill may me miss no ok ore ref")
SPELT_NUMBERS = words("One Two Three Four Five Six Seven Eight Nine Ten")
# May stand at the end of a sentence or before a name: the next word tells.
EITHER_WAY = words(
    "Inc Corp Ltd Co Cos Bros Plc plc LLC Ave Blvd Rd Sq Hwy Jr Sr Esq Univ Dept Mfg Intl Assn "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb "
    "Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Sask Alta "
    "etc usw ca approx est cf eds ed al"
)
# Words that open a sentence and no name.
STARTERS = words(
    "A An The He She It They We I You This That These Those There Here In On At But And Or If When "
    "While After Before As For From By With Since Until His Her Its Their Our My Not Now Then "
    "However Meanwhile Instead Also Still Yet So Earlier Later Last Next Some Many Most Both Each "
    "Another What Who Why How Where Which Whether Although Though Because During Despite According "
    "Nobody Neither Nothing Only Several Asked Such Other Others Officials Police "
    "Er Sie Es Wir Der Die Das Ein Eine Im Am Bei Nach Vor Mit Und Aber Doch Auch"
)
TIME_WORDS = MONTHS | words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat "
    "Sun January February March April May June July August September October November December "
    "Eastern Pacific Central Mountain Greenwich Moscow Beijing EST EDT ET PST PDT PT CST CDT CT "
    "MST MDT MT GMT UTC BST CET CEST IST JST"
)
SHORT_DAYS = words("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun")
GERMAN_MONTHS = words(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember "
    "Jahrhundert Mal Platz"
)
