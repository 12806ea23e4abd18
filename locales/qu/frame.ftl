# Sapa raphip muyuriqnin.
portal-name = Amauta
root-enter = Yaykuy
frame-skip = Qillqasqaman riy
frame-help = Yanapay
frame-menu-home = Qallarina
frame-menu-catalog = Yachanapaq kaqkuna
frame-menu-teachers = Yachachiqkuna
frame-menu-families = Ayllukuna
frame-menu-glossary = Sut'inchasqa simikuna
frame-draft = Manaraqmi runasimi rimaq runa kay t'ikrasqata qhawanchu.
frame-footer = Amautaqa mana internetwanmi purin. Qillqasqata, siq'itapas kikinchayta rakinakuytapas atinki: licencia CC BY-SA 4.0.
frame-about = Amautamanta
