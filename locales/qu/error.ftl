# Huk raphi mana rikukuptin: ima pasasqan, imarayku, imata rurana.
error-home = Qallarinaman riy
error-catalog = Yachanapaq kaqkunata qhaway
error-number = Yupaynin { $status }
error-not-found-title = Kay raphiqa manam kaypichu
error-not-found-what = Llamaqa llapan urqupim maskarqan, manam tarirqanchu.
error-not-found-next = Ichapas huk qillqa pantasqa kachkan. Qallarinaman kutiy, hinaspa chaymanta maskay.
error-method-title = Kay hinaqa manam kay raphiman yaykuyta atikunchu
error-method-what = Wamp'unaykiqa mana apaykachasqayku hinam raphita mañakurqan.
error-method-next = Qallarinaman kutiy, hinaspa chaymanta yaykuy.
error-malformed-title = Manam chay mañakuyta unancharqaykuchu
error-malformed-what = Mañakusqaykiqa pantasqam utaq mana hunt'asqam chayamurqan.
error-malformed-next = Ñawpaq raphiman kutiy, hinaspa wakmanta yanaykuy.
error-long-address-title = Raphip maypi kasqan ancha sunim
error-long-address-what = Kaypiqa manam ima raphipas chay hina sunichu.
error-long-address-next = Qallarinaman kutiy, hinaspa chaymanta raphita maskay.
error-large-head-title = Mañakusqaykiqa ancha hatunmi
error-large-head-what = Wamp'unaykiqa chaskisqaykumanta aswan achkatam apachirqan.
error-large-head-next = Wamp'unaykita wichq'ay, kichay, hinaspa wakmanta yanaykuy.
error-large-form-title = Ancha achka qillqatam apachirqanki
error-large-form-what = Qillqasqaykiqa chaskisqaykumanta aswan hatunmi. Manam imapas waqaychasqachu.
error-large-form-next = Ñawpaq raphiman kutiy, hinaspa pisillata qillqay.
error-slow-title = Qillqasqaykiqa manam hunt'asqachu chayamurqan
error-slow-what = Apachichkaptiyki t'inkiqa sayarqan. Manam imapas waqaychasqachu.
error-slow-next = Wifiman qayllaykuy, hinaspa wakmanta yanaykuy.
error-internal-title = Haywariqpi imapas pantarqan
error-internal-what = Manam qampa huchaykichu. Haywariq qhawaqpaqmi pantayqa qillqasqa kachkan.
error-internal-next = Wakmanta yanaykuy. Kaqlla kaptinqa, yachachiqniykiman willay.
error-busy-title = Achka runam kuska yaykuchkanku
error-busy-what = Haywariqqa kunan hunt'asqam kachkan.
error-busy-next = Kuskan minututa suyaykuy, hinaspa wakmanta yanaykuy.

error-accounts-closed-title = Kunan manam yaykuyta atikunchu
error-accounts-closed-what = Haywariqqa manam cuentankunata kichayta atirqanchu. Yachanakunaqa kaqllam purichkan.
error-accounts-closed-next = Haywariq qhawaqman willay: haywariqpa qillqasqanmi imarayku kasqanta nin.

error-no-cookies-title = Wamp'unaykiqa manam cookiekunata waqaychanchu
error-no-cookies-what = Yaykunaykipaqqa, wamp'unayki kay haywariqpa huk cookienta waqaychananmi. Manam imapas apachisqachu.
error-no-cookies-next = Wamp'unaykip allichanankunapi, «Privacidad» nisqapi, cookiekunata saqillay. Chaymanta raphita wakmanta kichay, hinaspa wakmanta yanaykuy.

error-stale-form-title = Kay raphiqa manañam allinchu
error-stale-form-what = Raphiqa unaytam kichasqa karqan, utaq huk web k'itimanta hamurqan. Manam imapas t'ikrasqachu.
error-stale-form-next = Raphita wakmanta kichay, hinaspa wakmanta qillqay.
