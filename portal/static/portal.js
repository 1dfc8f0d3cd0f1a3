// Small comforts where scripts run; every page works without them.
for (const element of document.querySelectorAll(".scripted")) element.hidden = false;

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling);
    }
  });
}
