// Security keys and passkeys. A form[data-passkey] asks the device before it is sent:
//   data-passkey="create" or "get"          make a credential, or prove one
//   data-options="id"                       the element with the server's options as JSON, or
//   data-options-from="address"             where to fetch them
// On failure the element [data-passkey-failed] on the page is shown. webauthn-json.js comes with django-allauth.
const failed = (form, shown) => {
  const note = document.querySelector("[data-passkey-failed]");
  if (note) note.hidden = !shown;
  form.querySelector("button").disabled = false;
};

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`passkey options: ${answer.status}`);
  return answer.json();
};

const create = async (form) => {
  const options = (await optionsOf(form)).creation_options;
  const alone = form.elements.passwordless && form.elements.passwordless.checked;
  const selection = options.publicKey.authenticatorSelection;
  selection.residentKey = alone ? "required" : "discouraged";
  selection.requireResidentKey = alone;
  if (alone) selection.userVerification = "required";
  return window.webauthnJSON.create(options);
};

const get = async (form) => window.webauthnJSON.get((await optionsOf(form)).request_options);

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed(form, false);
    form.querySelector("button").disabled = true;
    try {
      const ask = form.dataset.passkey === "create" ? create : get;
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (error) {
      failed(form, true);
    }
  });
});
