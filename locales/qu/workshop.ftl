# Llamk'ana wasi: kaypi yachachiqkuna yachanapaq kaqkunata ruranku, rakinakunku. «Qam» nispa rimanchik.

workshop-home = Llamk'ana wasi
workshop-intro = Kay llamk'ana wasipi (taller) khipuykikunata wichachinki. Qillqasqakunata, yachachinapaq wakichisqakunata, tapuykunata, willakuykunatapas qillqayta atinki. Llapanman rikuchisqaykitaqa yachaqniykikuna, llamk'aqmasiykikunapas qhawanku. Kay yachaywasillapim, mana internetwan.
workshop-new = Musuqta ruray
workshop-new-file = Khiputa wichachiy
workshop-new-article = Huk qillqasqata qillqay
workshop-new-plan = Yachachinapaq wakichisqata qillqay
workshop-new-quiz = Tapuykunata qillqay
workshop-new-story = Willakuyta qillqay
workshop-own = Rurasqaykikuna
workshop-own-none = Manaraqmi kanchu. Hanaqpi hukta qallariy.
workshop-shown = Llamk'aqmasiykikunap rurasqankuna
workshop-shown-intro = Ñawpaqpiqa aswan apaykachasqakunam kachkan. Kichay: kikinchayta, añaychayta, rimariytapas atinki.
workshop-review = Qhawaykuy
workshop-waiting = { $count ->
    [0] Manam qhawaykunapaq imapas kanchu.
   *[other] Qhawaykunapaq kachkan: { $count }.
}

workshop-title = Sutin
workshop-untitled = Mana sutiyuq
workshop-what = Ima kasqan
workshop-state = Imayna kasqan
workshop-owner = Pip kasqan
workshop-seen = Hayk'a kuti kichasqa
workshop-opened = { $count } kuti kichasqa
workshop-genre-file = Khipu
workshop-genre-article = Qillqasqa
workshop-genre-plan = Yachachinapaq wakichisqa
workshop-genre-quiz = Tapuykuna
workshop-genre-story = Willakuy
workshop-state-draft = Manaraq tukusqa
workshop-state-in-review = Qhawaykunankupaq apachisqa
workshop-state-returned = Rimariywan kutichipusqa
workshop-state-published = Llapanman rikuchisqa
workshop-state-withdrawn = Hurqusqa

workshop-file = Khiputa akllay
workshop-file-hint = Kaykunata wichachiyta atinki: qillqa khipu, PDF, liwru, uyarina, qhawarina, wanki. GIFT tapuykuna, Twee willakuy, achka khipuyuq ZIP khipupas allinmi. Hatun kaptinqa suyay, ama raphita wichq'aychu.
workshop-file-now = Kunan kay khipuyuqmi:
workshop-arrived = Khipumanta kaymi chayamun:
workshop-files = Khipukuna
workshop-second-language = Munaspaqa, kay simipipas qillqay. Mana munaspaqa, ch'usaqta saqiy.
workshop-summary = Imamanta kasqan, huk utaq iskay rimaypi
workshop-body-article = Qillqa
    .hint = Qillqap rakinkunap chawpinpi ch'usaq wachuta saqiy. Wachup qallariyninpi «## » unanchaqa huch'uy sutita ruran, «- » unanchaqa sinrita. **Kay hina** rakhu qillqata ruran.
workshop-body-plan = Wakichisqa
    .hint = «(» «)» ukhupi kaqta t'ikray. «## » unanchayuq wachukunaqa sapa rakip sutinmi.
workshop-body-quiz = GIFT tapuykuna
    .hint = Moodlemanta GIFT tapuykunata kayman k'askachiy.
workshop-body-story = Twee willakuy
    .hint = Twinepi rurasqayki willakuyta Twee 3 hina kayman k'askachiy.
workshop-body-file = Qillqa
    .hint = Manam munakunchu.
workshop-other-text = ¿GIFT hina qillqasqa tapuykunayuqchu kanki?
workshop-other-fields = ¿Tapuykunata hukmanta huk hunt'ayta aswan munankichu?
workshop-other-go = Chay hinata ruray.
workshop-question = Tapuy { $number }
workshop-stem = Imata tapunki
workshop-right = Chiqan
workshop-option = Kutichiy
workshop-says = Akllaqman ima ninayki
workshop-says-always = Qhipapi llapanman ima ninayki (munaspaqa)
workshop-more-questions = Huk tapuyta yapay
workshop-for-whom = Pipaq kasqan
workshop-kind = Ima laya yachanapaq kaq
workshop-langs = Ima simipi kasqan
workshop-grades = Gradokuna
workshop-levels = Nivelkuna
workshop-areas = Áreakuna
workshop-themes = Amachakuymanta: imakunamanta riman (rimaptinqa)
workshop-audiences = Pikuna apaykachanqaku
workshop-mode = Imayna llamk'akun
workshop-duration = Hayk'a minutu yachachiy
workshop-objectives = Yachaqniykikuna imata rurayta atinqaku
workshop-one-a-line = Sapa wachupi hukllata.
workshop-about = Pi rurasqan
workshop-authors = Ruraqkunap sutin, rikukunanta munasqanku hina
workshop-licence = Licencia
workshop-licence-hint = CC-BY-SA-4.0 licenciawan, rurasqaykita kikinchayta, t'ikraytapas atinku. Ichaqa sutiykita churananku, kikin licenciawantaq rakinakunanku. Kay yachaywasillapaq licencia (uso-escolar-local) kaptinqa, manam hawaman lluqsinchu.
workshop-accessibility = Ima yanapayniyuq kasqan
workshop-audience-estudiante = Yachaqkuna
workshop-audience-docente = Yachachiqkuna
workshop-audience-familia = Ayllukuna
workshop-audience-tecnico = Máquina allichaqkuna
workshop-audience-usuario-biblioteca = P'anqawasita watukuqkuna
workshop-mode-laptop = Laptoppi
workshop-mode-grupal = Huñupi
workshop-mode-sin-conexion = Mana máquinawan
workshop-mode-mixto = Imaymana hinata
workshop-mode-audio = Uyarispa
workshop-accessibility-texto-alternativo = Wankikunaqa simiwan sut'inchasqam
workshop-accessibility-transcripcion = Uyarikuqqa qillqasqam
workshop-accessibility-lectura-facil = Mana sasa ñawinchana
workshop-accessibility-teclado = Qillqayñit'inallawan apaykachana
workshop-accessibility-alto-contraste = Allin rikukuq qillqakuna
workshop-accessibility-audio-descripcion = Rikukuqqa kunkawan willasqam
workshop-save = Waqaychay
workshop-leave = Mana waqaychaspa lluqsiy

workshop-lacks = Llapanman rikuchinaykipaqqa kaykunaraqmi pisin:
workshop-lack-title = Sutin (tapuykuna utaq willakuy kaptinqa, kastilla simipipas)
workshop-lack-summary = Imamanta kasqan
workshop-lack-body = Qillqa utaq tapuykuna
workshop-lack-files = Khipu
workshop-lack-levels = Grado utaq nivel
workshop-lack-areas = Área
workshop-lack-audience = Pikuna apaykachanqaku
workshop-lack-authors = Pi rurasqan
workshop-lack-licence = Licencia
workshop-mistakes = Manaraq llapanman rikuchispa kayta qhaway:
workshop-mistake-error = Llapanman rikuchiyta hark'an:
workshop-mistake-warning = Yuyaychay:
workshop-public = Llapanman rikuchisqata qhaway
workshop-preview = Imayna rikukunanta qhaway
workshop-edit = Allinchay
workshop-step-submit = Qhawaykunankupaq apachiy
workshop-step-publish = Llapanman rikuchiy
workshop-step-return = Rimariywan kutichipuy
workshop-step-withdraw = Hurquy
workshop-step-restore = Wakmanta rikuchiy
workshop-return-why = Llamk'aqmasiyki imata allinchanan
workshop-remarks = Rimariykuna
workshop-remark-comment = rimarin
workshop-remark-thanks = añaychan
workshop-remark-return = allinchayta mañakun
workshop-thank = Añaychay
workshop-comment = Rimariyniyki
workshop-comment-send = Rimariy
workshop-copy-hint = Huk kikinchasqawan qampa ruranaykita qallariyta atinki. Pimanta hamusqanmi waqaychakun.
workshop-copy = Ñuqapaq kikinchay
workshop-versions = Versiónkuna
workshop-version = Versión
workshop-day = P'unchaw
workshop-no-day = mana p'unchawniyuq
workshop-served = kaymi rikukun
workshop-again = Kayman kutiy
workshop-discard = Kay manaraq tukusqata wikch'uy
workshop-newer = Llamk'aqmasiykip waqaychasqanta qhaway

workshop-reports = Ñawinchaqkunap willayninkuna
workshop-reports-none = Manam willaykuna kanchu.
workshop-report-close = Qhawarqaniñam
workshop-hide = Pakay
workshop-unhide = Wakmanta rikuchiy
workshop-in-review = Suyachkaq rurasqakuna
workshop-in-review-none = Manam mayqinpas suyachkanchu.
workshop-policy = Kay yachaywasipi imaynata llapanman rikuchinku
workshop-policy-review = Manaraq rikukuptin, coordinador sapa rurasqata qhawaykun
workshop-hidden = Pakasqa yachanapaq kaqkuna
workshop-hidden-intro = Kay sinripi kaptinqa, manam pipas rikunchu. Raphinpa maypi kasqanta qhaway: qhipa rakinmi sutin.
workshop-hide-name = Yachanapaq kaqpa sutin
workshop-deeds = Pi imata rurasqan
workshop-deed-submitted = qhawaykunankupaq apachirqan
workshop-deed-published = llapanman rikuchirqan
workshop-deed-returned = kutichipurqan
workshop-deed-withdrawn = hurqurqan
workshop-deed-restored = wakmanta rikuchirqan
workshop-deed-hidden = pakarqan
workshop-deed-unhidden = manañam pakanchu

workshop-problem-title = Rurasqaykip sutinta qillqay. Qillqasqaykiqa kaypim kachkan.
workshop-problem-more = Qhipapim huk musuq tapuy kachkan. Manaraqmi imapas waqaychasqachu.
workshop-problem-question = Huk tapuypi, kutichiyqa «%» utaq «[» hina unanchawanmi qallarin. Chay hinata manam waqaychayta atikunchu. Chay unanchata t'ikray. Qillqasqaykiqa kaypim kachkan.
workshop-problem-changed = Qillqachkaptiyki huk runa huk versiónta waqaycharqan. Qillqasqaykiqa kaypim kachkan. Iskayninta qhaway. Wakmanta waqaychaptiykiqa, qampam qhipanqa.
workshop-problem-step = Manañam chayta rurayta atikunchu. Ñawpaqta huk runa hukta rurarqan. Kunan imayna kasqanta qhaway.
workshop-problem-lacks = Manaraqmi llapanman rikuchiyta atikunchu. Ima pisisqanta uraypi qhaway.
workshop-problem-mistakes = Manaraqmi llapanman rikuchiyta atikunchu. Ima allinchanaykita uraypi qhaway.
workshop-problem-remark = Imata niyta munasqaykita qillqay.
workshop-problem-full = Haywariqpa waqaychana k'itinqa hunt'asqam. Manam imapas waqaychasqachu. Haywariq qhawaqwan rimay.
workshop-problem-file = Huk khiputa akllay.
workshop-problem-big = Khipuqa haywariqpa chaskisqanmanta aswan hatunmi. Manam imapas waqaychasqachu.
workshop-problem-quota = Llapan k'itiykitam hunt'arqankiña. Manaraq tukusqakunata wikch'uy, utaq haywariq qhawaqwan rimay. Manam imapas waqaychasqachu.
workshop-problem-kind = Chay laya khiputaqa manam kaypi rikuchiyta atikunchu. Manam imapas waqaychasqachu. Kaykunawan yanaykuy: PDF, qillqa khipu, wanki, uyarina utaq qhawarina.
workshop-problem-broken-off = Khipuqa manam hunt'asqachu chayamurqan. Manam imapas waqaychasqachu. Wakmanta yanaykuy.
workshop-problem-archive = ZIP khipuqa manam kichakunchu, utaq ancha achka khipuyuqmi. Manam imapas waqaychasqachu.

workshop-plan-template =
    ## Imapaq

    (Kunan p'unchaw imata yachanqaku, chaytaq imapaq allin.)

    ## Competenciakuna, capacidadkuna

    - (Competencia:)
    - (Capacidad:)
    - (Criterio de evaluación: imata qhawaspa chaninchanki)

    ## Imakuna

    - (Imakunata munanki.)

    ## Qallarina (10 minutu)

    (Imaynata yachay munayninkuta rikch'arichinki. Imaynata ñawpaq yachasqankuta huqarinki.)

    ## Ukhun (25 minutu)

    (Imata pisi pisimanta ruranku, sapallanku utaq huñupi.)

    ## Tukuna (10 minutu)

    (Imaynata yachasqankuta willanku, imatataq wasiman apanku.)

    ## Qhaway

    (Imaynata aypasqankuta yachanki: imata, imawantaq qhawanki.)
