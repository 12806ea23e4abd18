# La hoja para la pared del aula.
guide-link = Hoja para la pared
guide-title = Amauta en nuestra escuela
guide-open = Abre el navegador y escribe
guide-language = Elige tu lengua: Español o Runasimi.
guide-help = Busca el signo «Ayuda»
guide-help-text = Está en todas las páginas. Úsalo si algo te preocupa o te hace daño.
guide-trouble = Si la página no se abre
guide-trouble-light = Mira la luz del servidor: tiene que estar encendida.
guide-trouble-network = Mira si estás en la red de la escuela:
guide-trouble-wait = Espera un minuto y abre la página otra vez.
guide-call = Si sigue sin abrirse, llama a:
guide-off = No desconectes el cable del servidor
guide-off-text = El docente lo apaga desde su cuenta, o con el botón del equipo. Se espera a que se apague la luz.
guide-blank = ______________________________
