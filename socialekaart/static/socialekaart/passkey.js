// Says in words of the page why a passkey did not work: allauth reports it to the console only.
(() => {
  "use strict";
  document.addEventListener("allauth.error", (event) => {
    const place = document.querySelector("[data-passkey-fault]");
    if (!place) return;
    event.preventDefault();
    const isKnown = event.detail.exception?.name === "InvalidStateError";
    place.textContent = isKnown ? place.dataset.known : place.dataset.refused;
    place.classList.add("sk-message", "sk-message--error");
  });
})();
