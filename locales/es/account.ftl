# Cuentas de docentes, coordinadores y técnicos: entrar, salir, la cuenta propia. Se habla de «tú», como en todo el portal.

account-sign-in-title = Entrar
account-sign-in-intro = Para docentes, coordinadores y técnicos. Los estudiantes no necesitan cuenta.
account-first-link = ¿El servidor es nuevo? Crea la cuenta del técnico.
account-login = Usuario
account-password = Contraseña
account-own = Esta computadora es solo mía
    .hint = No la marques si otros usan esta computadora. Sin marcar, tu cuenta se cierra sola a los 30 minutos sin uso.
account-enter = Entrar

account-first-title = Crear la cuenta del técnico
account-first-intro = El código está en la pantalla del servidor. Solo quien lo tiene puede crear esta cuenta.
account-first-code = Código del servidor
account-first-create = Crear la cuenta
account-name = Tu nombre
    .hint = Así lo ven tus colegas.
account-login-hint = Letras, números, punto y guion. Sin espacios.
account-password-hint = 10 letras o más. Tres palabras juntas son una buena contraseña.
account-again = Otra vez la contraseña

account-invitation-link = ¿Tienes un código? Crea tu cuenta o una contraseña nueva.
account-invitation-title = Usar un código
account-invitation-intro = El técnico te dio el código. Sirve una sola vez.
account-invitation-code = Código
account-invitation-known = Si solo quieres una contraseña nueva, deja vacíos tu nombre y tu usuario.

account-own-title = Mi cuenta
account-role-teacher = Docente
account-role-coordinator = Coordinador o coordinadora
account-role-technician = Técnico o técnica
account-technician = El estado del servidor
account-leave = Salir
account-change-password = Cambiar la contraseña
account-password-done = Tu contraseña cambió. Tu cuenta se cerró en las otras computadoras.
account-old-password = Contraseña de ahora
account-new-password = Contraseña nueva
account-sessions = Computadoras donde está abierta tu cuenta
account-session-here = Esta computadora
account-session-own = Una computadora tuya
account-session-shared = Una computadora de todos
account-session-now = ahora
account-session-minutes = { $count ->
    [one] hace 1 minuto
   *[other] hace { $count } minutos
}
account-session-hours = { $count ->
    [one] hace 1 hora
   *[other] hace { $count } horas
}
account-session-days = { $count ->
    [one] hace 1 día
   *[other] hace { $count } días
}
account-close-all = Cerrar en todas

account-problem-wrong = El usuario o la contraseña no son correctos. Escríbelos otra vez. Si olvidaste tu contraseña, habla con el técnico.
account-problem-old = La contraseña de ahora no es correcta. No se cambió nada.
account-problem-wait = { $count ->
    [one] Hubo muchos intentos. Espera 1 segundo y prueba otra vez.
   *[other] Hubo muchos intentos. Espera { $count } segundos y prueba otra vez.
}
account-problem-busy = Muchas personas están entrando. Espera un momento y prueba otra vez.
account-problem-ended = Tu cuenta se cerró porque pasó mucho tiempo. Entra otra vez.
account-problem-code = El código no es correcto. Míralo otra vez en la pantalla del servidor.
account-problem-claimed = Este servidor ya tiene su técnico. Pídele a esa persona tu cuenta.
account-problem-name = Escribe tu nombre: hasta 80 letras.
account-problem-login = El usuario lleva de 3 a 40 letras o números, sin espacios.
account-problem-last-technician = Es la última cuenta de técnico. Invita primero a otra persona.
account-problem-taken = Otra persona ya tiene ese usuario. Escribe otro.
account-problem-short = La contraseña es muy corta. Escribe 10 letras o más.
account-problem-long = La contraseña es muy larga. Escribe una más corta.
account-problem-guessable = Esa contraseña es fácil de adivinar. Junta tres palabras que solo tú sepas.
account-problem-differs = Las dos contraseñas no son iguales. Escríbelas otra vez.
account-problem-full = El disco del servidor está lleno. No se guardó nada. Habla con el técnico.
account-problem-time = Esa fecha no puede ser. Escríbela otra vez.
account-problem-kept = Tu cuenta se cerró mientras escribías. Lo que escribiste no se perdió: entra otra vez y sigue.

account-kept-title = Aquí está lo que escribiste
account-kept-intro = Aprieta el botón para seguir con tu trabajo.
account-kept-go = Seguir
account-workshop = El taller

account-no-date = El servidor no sabe qué día es.
account-set-date = Poner la fecha
account-power = Apagar el servidor
