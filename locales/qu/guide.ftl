# Yachaywasip pirqanpaq raphi.
guide-link = Pirqapaq raphi
guide-title = Yachaywasinchikpi Amauta
guide-open = Wamp'unata kichay, kayta qillqay
guide-language = Simiykita akllay: Español utaq Runasimi.
guide-help = «Yanapay» qillqata maskay
guide-help-text = Llapan raphipim kachkan. Imapas llakichisuptiyki, chaypi ñit'iy.
guide-trouble = Raphi mana kicharikuptin
guide-trouble-light = Haywariqpa k'anchayninta qhaway. ¿K'anchachkanchu?
guide-trouble-network = Yachaywasip llikanpi kasqaykita qhaway:
guide-trouble-wait = Huk minututa suyay. Chaymanta raphita wakmanta kichay.
guide-call = Manaraq kicharikuptinqa, kayman waqyay:
guide-off = Ama haywariqpa cablenta qichuychu
guide-off-text = Yachachiqllam haywariqta wañuchin. K'anchaynin wañunankama suyay.
guide-blank = ______________________________
