# Wasiman apanapaq yachanakuna: t'inkikuna, p'anqapa raphinkunapas.
takehome-title = Wasiman apanapaq
takehome-epub = EPUB p'anqa
takehome-xol = XO laptoppaq XOL khipu
takehome-zip = ZIP khipu
takehome-all = Amautapa yachanankuna
takehome-contents = Llapan raphikuna
takehome-answers = Kutichiykuna
takehome-answers-where = Kutichiykunaqa qhipapim kachkan:
takehome-sort = Sapa raphichapa waqtanpi churananpa sutinta qillqay.
