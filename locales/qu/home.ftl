# Ñawpaq raphi.
home-title = Qallarina
home-greeting = Allillanchu. ¿Imatataq kunan p'unchaw yachayta munanki?
home-language = Simi:
home-lessons = { $count } yachana
home-themes = Imakunamanta
home-first = Qallarinapaq
home-all = Llapan yachanapaq kaqkunata qhaway
home-teachers = Yachachiqkunapaq ayllukunapaqpas
home-teachers-lead = Kunan p'unchaw yachachinaykipaq wakichisqa.
home-teachers-text = Sapa yachanapim yachachinapaq huk raphi wakichisqa kan. Ayllupaq raphipas, kuchunapaq raphichakunapas kanmi. Mana máquinawan ruranapaqpas kanmi.
