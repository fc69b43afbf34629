// The CSRF token of a page is void after a log-in in another window; the cookie holds the one that counts.
export function freshenToken(form) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const field = form.elements.csrfmiddlewaretoken;
  if (token && field) field.value = token[1];
}
