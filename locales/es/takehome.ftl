# Lecciones para llevar a casa: los enlaces y las páginas del libro.
takehome-title = Para llevar a casa
takehome-epub = Libro EPUB
takehome-xol = Paquete XOL para la XO
takehome-zip = Carpeta ZIP
takehome-all = Lecciones de Amauta
takehome-contents = Contenido
takehome-answers = Respuestas
takehome-answers-where = Las respuestas están al final:
takehome-sort = Escribe junto a cada tarjeta el nombre de su caja.
