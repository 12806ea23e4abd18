# Yachachiqkunap, coordinadorkunap, haywariq qhawaqkunap cuentankuna: yaykuy, lluqsiy, cuentay.

account-sign-in-title = Yaykuy
account-sign-in-intro = Yachachiqkunapaq, coordinadorkunapaq, haywariq qhawaqkunapaqmi. Yachaqkunaqa manam cuentata munankuchu.
account-first-link = ¿Haywariqqa musuqchu? Haywariq qhawaqpa cuentanta kamariy.
account-login = Apaykachaqpa sutin
account-password = Pakaqillqa
account-own = Kay computadoraqa ñuqapallam
    .hint = Hukkunapas kay computadorata apaykachaptinkuqa, ama akllaychu. Mana akllaptiyki, 30 minutu mana apaykachasqa cuentaykiqa kikinmanta wichq'akun.
account-enter = Yaykuy

account-first-title = Haywariq qhawaqpa cuentanta kamariy
account-first-intro = Códigoqa haywariqpa pantallanpim kachkan. Códigoyuqllam kay cuentata kamariyta atin.
account-first-code = Haywariqpa códigon
account-first-create = Cuentata kamariy
account-name = Sutiyki
    .hint = Llamk'aqmasiykikunam chay hinata rikunku.
account-login-hint = Qillqakuna, yupaykuna, ch'iku (.), siq'i (-). Mana ch'usaq k'itiyuq.
account-password-hint = 10 qillqayuq utaq aswan. Huñusqa kimsa simiqa allin pakaqillqam.
account-again = Wakmanta pakaqillqa

account-invitation-link = ¿Códigoyuqchu kanki? Cuentaykita utaq musuq pakaqillqata kamariy.
account-invitation-title = Códigowan yaykuy
account-invitation-intro = Haywariq qhawaqmi códigota qusurqanki. Huk kutillapaqmi.
account-invitation-code = Código
account-invitation-known = Musuq pakaqillqallata munaspaqa, sutiykita, apaykachaqpa sutintapas ama qillqaychu.

account-own-title = Cuentay
account-role-teacher = Yachachiq
account-role-coordinator = Coordinador utaq coordinadora
account-role-technician = Haywariq qhawaq
account-technician = Haywariqpa imayna kasqan
account-leave = Lluqsiy
account-change-password = Pakaqillqata t'ikray
account-password-done = Pakaqillqayki t'ikrasqañam. Huk computadorakunapiqa cuentayki wichq'asqañam.
account-old-password = Kunan pakaqillqa
account-new-password = Musuq pakaqillqa
account-sessions = Kay computadorakunapim cuentayki kichasqa kachkan
account-session-here = Kay computadora
account-session-own = Huk computadorayki
account-session-shared = Llapanpa computadoran
account-session-now = kunan
account-session-minutes = { $count } minutuña
account-session-hours = { $count } uraña
account-session-days = { $count } p'unchawña
account-close-all = Llapanpi wichq'ay

account-problem-wrong = Apaykachaqpa sutin utaq pakaqillqa manam allinchu. Wakmanta qillqay. Pakaqillqaykita qunqaspaqa, haywariq qhawaqwan rimay.
account-problem-old = Kunan pakaqillqa manam allinchu. Manam imapas t'ikrasqachu.
account-problem-wait = Achka kutim yanaykurqanku. { $count } segunduta suyaykuy, hinaspa wakmanta yanaykuy.
account-problem-busy = Achka runam yaykuchkanku. Asllata suyaykuy, hinaspa wakmanta yanaykuy.
account-problem-ended = Unayña kaptinmi cuentayki wichq'akurqan. Wakmanta yaykuy.
account-problem-code = Códigoqa manam allinchu. Haywariqpa pantallanpi wakmanta qhaway.
account-problem-claimed = Kay haywariqqa qhawaqniyuqñam. Chay runata cuentaykita mañakuy.
account-problem-name = Sutiykita qillqay: 80 qillqakama.
account-problem-login = Apaykachaqpa sutinqa kimsamanta tawa chunkakama qillqayuq utaq yupayniyuqmi. Mana ch'usaq k'itiyuq.
account-problem-last-technician = Kayqa qhipa haywariq qhawaqpa cuentanmi. Ñawpaqta huk runata waqyay.
account-problem-taken = Chay apaykachaqpa sutinqa huk runapañam. Hukta qillqay.
account-problem-short = Pakaqillqaqa ancha huch'uymi. 10 qillqata utaq aswanta qillqay.
account-problem-long = Pakaqillqaqa ancha sunim. Aswan huch'uyta qillqay.
account-problem-guessable = Chay pakaqillqata watuyqa manam sasachu. Qamlla yachasqayki kimsa simita huñuy.
account-problem-differs = Iskaynin pakaqillqa manam kaqllachu. Wakmanta qillqay.
account-problem-time = Chay p'unchawqa manam allinchu. Huktawan qillqay.
account-problem-full = Haywariqpa waqaychana k'itinqa hunt'asqam. Manam imapas waqaychasqachu. Haywariq qhawaqwan rimay.
account-problem-kept = Qillqachkaptiyki cuentayki wichq'akurqan. Qillqasqaykiqa manam chinkarqanchu. Wakmanta yaykuy, hinaspa qatiy.

account-kept-title = Kaypim qillqasqayki kachkan
account-kept-intro = Rurasqaykita qatinaykipaq, ñit'inata ñit'iy.
account-kept-go = Qatiy
account-workshop = Llamk'ana wasi

account-no-date = Haywariqpa p'unchawninqa manam kanchu.
account-set-date = P'unchawta churay
account-power = Haywariqta wañuchiy
