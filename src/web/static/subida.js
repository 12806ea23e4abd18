// How much of a file has arrived, where the browser can tell: nothing depends on it. Browsers that cannot (all of 2009) send
// the form themselves and show what they show.
(function () {
  var form = document.getElementById('subida'), told = document.getElementById('avance');
  if (!form || !told || !window.FormData || !window.XMLHttpRequest || !('responseURL' in XMLHttpRequest.prototype)) return;
  var going = false;
  form.addEventListener('submit', function (event) {
    var file = form.elements.archivo;
    if (going || !file.files || !file.files.length) return;
    event.preventDefault();
    going = true;
    var request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.upload.onprogress = function (now) {
      if (now.lengthComputable) told.innerHTML = told.title + ' ' + Math.floor(100 * now.loaded / now.total) + ' %';
    };
    request.onload = function () {
      if (request.responseURL !== form.action) { location.href = request.responseURL; return; }
      document.open(); document.write(request.responseText); document.close();
    };
    // What breaks off is sent once more by the browser, which tells what is wrong.
    request.onerror = function () { form.submit(); };
    request.send(new FormData(form));
  }, false);
})();
