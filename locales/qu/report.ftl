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
