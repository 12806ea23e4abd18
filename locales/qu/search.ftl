# Maskanapaq: sapa raphipi huk kahuchu.
search-label = Llapanpi maskay:
search-go = Maskay
search-results = Kayta maskarqanki: «{ $words }»
search-instead = ¿Kaytachu niyta munarqanki?
search-partial = Manam ima raphipas llapan simiyuqchu. Kayqa wakin simiyuqmi.
search-empty = Manam chay simikunata tarirqaykuchu
search-tips = Pisi simiwan maskay, utaq huk simiwan. Kastilla simipi utaq runasimipi qillqayta atinki.
search-failed = Kunan manam maskayta atinchikchu. Sinrimanta akllay. Haywariq qhawaqman willay.
