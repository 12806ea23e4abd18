# Willakuyta yachapakuy: qillqakun, ch'ipachikun, ñawinchakun; manam apachikunchu.
report-title = Willakuyta yachapakuy
report-stays = Kayqa yachapakuyllam. Qillqasqaykiqa manam apachikunchu, manam waqaychakunchu. Manaraq lluqsispa pichay.
report-danger = Kunan manchay kaptinqa, ama qillqaychu. Aswan qaylla kuraq runata maskay.
report-what = Ima kasqan
report-when = Hayk'ap
report-where = Maypi
report-proofs = Ima rikuchinakuna kan
report-companion = Piwan riyta atini
report-take = Kaykunaman apay, ñawpaqmanta qhipaman
report-take-adult = Allin riqsisqayki kuraq runaman
report-take-school = Yachachiqniykiman utaq yachaywasip umalliqninman
report-take-district = Llaqtaykipi warmakunata amachaq wasikunaman
report-take-lines = Yanapay ñanpi mana qullqiwan waqyanakunaman
report-print = Kay raphita ch'ipachiyta atinki. Allin riqsisqayki kuraq runawan ñawinchaytapas atinki.

# Huk yachanapaq kaqmanta willay: pipas apachin, manam pi kasqan yachakunchu.
report-resource-link = Kaypi imapas mana allin kasqanta willay
report-resource-title = Kay yachanapaq kaqmanta willay
report-resource-intro = Ima kasqanta willawayku. Ama sutiykita qillqaychu. Manam pipas pi willasqanta yachanqachu.
report-reason-wrong = Imapas pantasqam, utaq manam purinchu
report-reason-hurts = Pimanpas mana allinta ruran
report-reason-private = Huk runap fotonta utaq willayninkunata rikuchin
report-resource-text = Munaspaqa, asllata astawan sut'inchay
report-resource-send = Willayta apachiy
report-resource-thanks = Añay willakusqaykimanta. Yachaywasiykip yachanapaq kaqninkunata qhawaqmi rikunqa.
report-resource-which = Ima kasqanta akllay, hinaspa wakmanta apachiy.
report-resource-many = Achka willayraqmi mana ñawinchasqa kachkan. Yachachiqniykiman willay.
report-resource-nobody = Manaraqmi pipas kay haywariqpi willaykunata chaskinchu. Yachachiqniykiman willay.
report-resource-danger = Qampaq utaq hukpaq manchay kaptinqa, ama suyaychu. Allin riqsisqayki kuraq runata maskay.
