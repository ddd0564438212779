// Light or dark: as the system is, until somebody chooses. Not a module, so that it runs before the first paint.
(() => {
  const KEY = "urocket-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  const isDark = () => (localStorage.getItem(KEY) ?? (system.matches ? "dark" : "light")) === "dark";

  const apply = () => {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    const button = document.getElementById("theme");
    button?.setAttribute("aria-pressed", String(isDark()));
    dispatchEvent(new Event("urocket-theme"));
  };

  apply();
  system.addEventListener("change", apply);
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme")?.addEventListener("click", () => {
      localStorage.setItem(KEY, isDark() ? "light" : "dark");
      apply();
    });
    apply();
  });
})();
