# Cuando una página no se puede mostrar: qué pasó, por qué, qué hacer.
error-home = Ir al inicio
error-catalog = Ver los recursos
error-number = Código { $status }
error-not-found-title = Esta página no está aquí
error-not-found-what = La llama buscó por todo el cerro y no la encontró.
error-not-found-next = Quizá la dirección tiene una letra cambiada. Vuelve al inicio y búscala desde allí.
error-method-title = Así no se puede entrar a esta página
error-method-what = Tu navegador pidió la página de una forma que no usamos.
error-method-next = Vuelve al inicio y entra desde allí.
error-malformed-title = No entendimos ese pedido
error-malformed-what = La dirección o el formulario llegó dañado o incompleto.
error-malformed-next = Vuelve a la página anterior y prueba otra vez.
error-long-address-title = La dirección es demasiado larga
error-long-address-what = Ninguna página de aquí tiene una dirección tan larga.
error-long-address-next = Vuelve al inicio y busca la página desde allí.
error-large-head-title = El pedido es demasiado grande
error-large-head-what = Tu navegador envió más datos de los que recibimos.
error-large-head-next = Cierra el navegador, ábrelo y prueba otra vez.
error-large-form-title = Enviaste demasiado texto
error-large-form-what = El formulario es más grande de lo que recibimos. No se guardó nada.
error-large-form-next = Vuelve a la página anterior y escribe menos.
error-slow-title = El formulario no llegó completo
error-slow-what = La conexión se detuvo mientras lo enviabas. No se guardó nada.
error-slow-next = Acércate al punto de wifi y prueba otra vez.
error-internal-title = Algo falló en el servidor
error-internal-what = No es tu culpa. El error quedó anotado para quien cuida el servidor.
error-internal-next = Prueba otra vez. Si sigue igual, avisa a tu docente.
error-busy-title = Hay muchas personas entrando a la vez
error-busy-what = El servidor está lleno en este momento.
error-busy-next = Espera medio minuto y prueba otra vez.

error-accounts-closed-title = No se puede entrar ahora
error-accounts-closed-what = El servidor no pudo abrir sus cuentas. Las lecciones funcionan igual.
error-accounts-closed-next = Avisa al técnico: el registro del servidor dice la causa.

error-no-cookies-title = Tu navegador no guarda cookies
error-no-cookies-what = Para entrar, tu navegador tiene que guardar una cookie de este servidor. No se envió nada.
error-no-cookies-next = En las preferencias del navegador, en «Privacidad», permite las cookies. Luego abre otra vez la página y prueba de nuevo.

error-stale-form-title = Esta página ya no vale
error-stale-form-what = La página estuvo abierta mucho tiempo o vino de otro sitio. No se cambió nada.
error-stale-form-next = Abre la página otra vez y escribe de nuevo.
