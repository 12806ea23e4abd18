# Lo que rodea cada página.
portal-name = Amauta
root-enter = Entrar
frame-skip = Ir al contenido
frame-help = Ayuda
frame-menu-home = Inicio
frame-menu-catalog = Recursos
frame-menu-teachers = Docentes
frame-menu-families = Familias
frame-menu-glossary = Glosario
frame-draft = Traducción aún sin revisar por hablantes.
frame-footer = Amauta funciona sin internet. Los textos y dibujos se pueden copiar y compartir: licencia CC BY-SA 4.0.
frame-about = Acerca de Amauta
