"""Dutch and English words that ask or hold a sentence together but name no subject."""

FUNCTION_WORDS = frozenset(
    (
        "aan al alle alleen als althans altijd andere anders bij blijft daar dan de deze die dit doen"
        " doet door dus een eens eigenlijk en er even ga gaan gaat geen geldt geven geweest gewoon haar"
        " had hadden heb hebben heeft hem hen het hier hij hoe hoeveel hoelang hoezo hun iemand iets ik"
        " in is ja je jij jouw jullie kan komen komt kon konden kost krijgen krijgt kunnen kunt laat"
        " laten maar mag me meer men mensen met mijn minder mis moet moeten mogen na naar nee niet niets"
        " nieuw niks nog nu of om omdat onder ons ook op over precies rond sinds staan staat steeds"
        " straks te tegen toch toen tot tussen u uit uw vaak van vanaf veel vindt vinden voor waar waarom"
        " waarvan waarvoor wanneer waren was wat we weer wel welk welke werd werden wie wij wil willen"
        " word worden wordt zal ze zeggen zelf zich zij zijn zit zo zoals zou zouden zullen aantal dat"
        " ervan jaar meest wereld keer per gebeurt gebeuren the a an and or on at to for with are were be"
        " been do does did how what which who when where why many much it its they them this that these"
        " those has have can could will would should may must about"
    ).split()
)
