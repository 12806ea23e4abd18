# Rincones de docentes y familias, glosario, acerca.
teachers-title = Para docentes
teachers-lead = Todo lo que necesitas para enseñar una lección: el plan de una página, la forma de hacerla sin aparatos, las fichas y el repaso de las semanas siguientes. Todo se puede imprimir.
teachers-own = Hechas para ti
teachers-rows = Lecciones con sus planes y materiales
families-title = Para las familias
families-lead = Una hoja corta por cada lección, para leer o escuchar juntos en casa y conversar.
families-own = Hechas para la familia
families-rows = Hojas para conversar en casa
corner-lesson = Lección
corner-grade = Grado
corner-sheets = Materiales
glossary-title = Glosario
glossary-lead = Palabras que las lecciones explican.
glossary-in = En
glossary-empty = Todavía no hay palabras aquí.
about-what = Amauta es el servidor de la escuela. Guarda lecciones y materiales para aprender a usar internet con cuidado, y funciona sin internet.
about-lessons =
    { $count ->
        [one] Ahora tiene { $count } lección.
       *[other] Ahora tiene { $count } lecciones.
    }
about-privacy = Tus datos
about-privacy-text = Para leer y jugar no necesitas cuenta. Lo que respondes lo ves solo tú: no se guarda en ninguna parte. El servidor no anota quién eres.
about-quechua = Los textos en runasimi
about-quechua-text = Están escritos en quechua sureño con la escritura normalizada. Una máquina revisó la escritura, pero ninguna persona que habla quechua los ha leído todavía. Si algo está mal, díselo a tu docente.
about-licence = Licencia
about-licence-text = Las lecciones tienen la licencia CC BY-SA 4.0: puedes copiarlas, cambiarlas y compartirlas si nombras a quienes las hicieron y compartes igual.
about-version = Versión { $version }
