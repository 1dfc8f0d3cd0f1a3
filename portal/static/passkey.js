// Asks the browser for a passkey as the form's data say, writes its answer into the form and sends it.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const listed = (known) => (known ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const asked = {
  create: (given) => ({
    ...given,
    challenge: bytes(given.challenge),
    user: { ...given.user, id: bytes(given.user.id) },
    excludeCredentials: listed(given.excludeCredentials),
  }),
  get: (given) => ({ ...given, challenge: bytes(given.challenge), allowCredentials: listed(given.allowCredentials) }),
};

const answered = {
  create: (key) => ({
    response: {
      attestationObject: text(key.response.attestationObject),
      clientDataJSON: text(key.response.clientDataJSON),
      transports: key.response.getTransports?.() ?? null,
    },
    extensions: JSON.stringify(key.getClientExtensionResults()),
  }),
  get: (key) => ({
    response: {
      authenticatorData: text(key.response.authenticatorData),
      clientDataJSON: text(key.response.clientDataJSON),
      signature: text(key.response.signature),
      userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
    },
  }),
};

const ask = async (form) => {
  const [doing, wrong, again] = form.querySelectorAll("[role=status], [role=alert], button");
  const { passkey: kind, options } = form.dataset;
  [doing.hidden, wrong.hidden, again.hidden] = [false, true, true];
  try {
    const key = await navigator.credentials[kind]({ publicKey: asked[kind](JSON.parse(options)) });
    const answer = { id: key.id, rawId: text(key.rawId), type: key.type, ...answered[kind](key) };
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch {
    [doing.hidden, wrong.hidden, again.hidden] = [true, false, false];
  }
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.querySelector("button").addEventListener("click", () => ask(form));
  ask(form);
}
