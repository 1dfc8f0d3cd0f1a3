// Favourites of who is not logged in: kept in this browser, sent nowhere until its owner says so.
(() => {
  const KEY = "favourites", MOST = 500;
  const isOurs = (item) => item && typeof item.path === "string" && /^\/[^/\\]/.test(item.path);
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(kept) ? kept.filter(isOurs) : [];
    } catch {
      return [];
    }
  };
  const write = (kept) => localStorage.setItem(KEY, JSON.stringify(kept.slice(0, MOST)));
  const without = (path) => read().filter((item) => item.path !== path);

  for (const button of document.querySelectorAll("[data-favourite]")) {
    const { favourite: path, title, version, on, off } = button.dataset;
    const show = () => {
      const kept = read().some((item) => item.path === path);
      button.setAttribute("aria-pressed", kept);
      button.textContent = kept ? on : off;
    };
    button.addEventListener("click", () => {
      const others = without(path);
      write(others.length < read().length ? others : [{ path, title, version }, ...others]);
      show();
    });
    show();
  }

  const place = document.querySelector("[data-favourites]");
  const entry = (item) => {
    const line = document.createElement("li"), link = document.createElement("a"), about = document.createElement("p");
    const button = document.createElement("button");
    Object.assign(link, { href: item.path, className: "entry", textContent: item.title || item.path });
    Object.assign(about, { className: "meta", textContent: item.version ? `${place.dataset.version} ${item.version}` : "" });
    Object.assign(button, { type: "button", textContent: place.dataset.remove, ariaLabel: `${place.dataset.remove} ${link.textContent}` });
    button.addEventListener("click", () => { write(without(item.path)); list(); });
    line.append(link, about, button);
    return line;
  };
  const list = () => {
    place.querySelector("ul").replaceChildren(...read().map(entry));
    place.querySelector(".empty").hidden = read().length > 0;
  };
  if (place) list();

  const form = document.querySelector("[data-take]");
  if (form) {
    // What the account keeps is not needed here any more.
    const account = new Set([...document.querySelectorAll("[data-kept] [data-path]")].map((line) => line.dataset.path));
    const left = read().filter((item) => !account.has(item.path));
    write(left);
    form.elements.items.value = JSON.stringify(left);
    form.querySelector("[data-count]").textContent = left.length;
    form.classList.toggle("scripted", left.length > 0);
    form.hidden = left.length === 0;
  }
})();
