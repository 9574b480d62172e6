// Builds thidua/web/static/web/ from node_modules and assets/. Started by scripts/assets.py, from the repository's root.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, transformSync } from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";

const OUT = "thidua/web/static/web";
const PAPER_FONTS = "thidua/paperwork/fonts";
const MODULES = "node_modules";

rmSync(OUT, { recursive: true, force: true });
mkdirSync(join(OUT, "fonts"), { recursive: true });
mkdirSync(PAPER_FONTS, { recursive: true });

// ---- fonts -------------------------------------------------------------------------------------------------------
const faces = [];
function webFont(family, sheets) {
  for (const sheet of sheets) {
    const css = readFileSync(`${MODULES}/@fontsource/${family}/${sheet}.css`, "utf8");
    for (const [face, name] of css.matchAll(/@font-face \{[^}]*?url\(\.\/files\/([^)]+\.woff2)\)[^}]*\}/g)) {
      if (!/-(vietnamese|latin|latin-ext)-\d/.test(name)) continue;
      cpSync(`${MODULES}/@fontsource/${family}/files/${name}`, join(OUT, "fonts", name));
      faces.push(face.replace("./files/", "fonts/").replace(/,\s*url\([^)]+\.woff\) format\('woff'\)/, ""));
    }
  }
}
webFont("be-vietnam-pro", ["400", "500", "600", "700"]);
webFont("tinos", ["400", "700", "400-italic", "700-italic"]);
const papers = { "400Regular": "Regular", "700Bold": "Bold", "400Regular_Italic": "Italic", "700Bold_Italic": "BoldItalic" };
for (const [folder, style] of Object.entries(papers)) {
  cpSync(`${MODULES}/@expo-google-fonts/tinos/${folder}/Tinos_${folder}.ttf`, join(PAPER_FONTS, `Tinos-${style}.ttf`));
}

// ---- icons -------------------------------------------------------------------------------------------------------
const names = readFileSync("assets/icons.txt", "utf8").split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
const symbols = names.map((name) => {
  const svg = readFileSync(`${MODULES}/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "");
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">` +
    `${inner.trim().replace(/\n\s*/g, "")}</symbol>`
  );
});
writeFileSync(join(OUT, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
cpSync("assets/favicon.svg", join(OUT, "favicon.svg"));

// ---- stylesheet --------------------------------------------------------------------------------------------------
function files(folder, endings) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !/\/(static|migrations|tests)\//.test(path));
}
const own = readFileSync("assets/css/thidua.css", "utf8");
const [purged] = await new PurgeCSS().purge({
  css: [{ raw: readFileSync(`${MODULES}/@tabler/core/dist/css/tabler.css`, "utf8") }],
  content: [...files("thidua", [".html", ".py"]), ...files("assets/js", [".js"])],
  defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+(?:[:/.][A-Za-z0-9_-]+)*|[A-Za-z0-9_-]+/g) || [],
  keyframes: true,
  safelist: {
    standard: ["html", "body", "data-bs-theme", "is-invalid", "show", "active", "disabled", "checked",
      "alert-success", "alert-info", "alert-warning", "alert-danger", "form-control", "form-select", "form-check-input"],
  },
});
const sheet = postcss.parse(faces.join("\n") + purged.css + own);
systemDark(sheet);
dropUnusedVariables(sheet);
const css = transformSync(sheet.toString(), { loader: "css", minify: true, target: ["chrome109", "firefox115", "safari16"] }).code;
writeFileSync(join(OUT, "thidua.css"), css.replace(/@charset "[^"]*";/g, ""));

// <html data-bs-theme="auto"> follows the system: every dark rule is repeated under prefers-color-scheme.
function systemDark(root) {
  const media = postcss.atRule({ name: "media", params: "(prefers-color-scheme: dark)" });
  root.walkRules((rule) => {
    const dark = rule.selectors.filter((selector) => selector.includes("[data-bs-theme=dark]"));
    if (!dark.length || rule.parent.type !== "root") return;
    const copy = rule.clone();
    copy.selectors = dark.map((selector) => selector.replaceAll("[data-bs-theme=dark]", "[data-bs-theme=auto]"));
    media.append(copy);
  });
  const print = root.nodes.findLast((node) => node.type === "atrule" && node.params === "print");
  if (print) root.insertBefore(print, media);
  else root.append(media);
}

function dropUnusedVariables(root) {
  for (;;) {
    const used = new Set();
    root.walk((node) => {
      for (const text of [node.value, node.params]) {
        if (text) for (const [, name] of text.matchAll(/var\(\s*(--[\w-]+)/g)) used.add(name);
      }
    });
    let dropped = 0;
    root.walkDecls(/^--/, (decl) => {
      if (!used.has(decl.prop)) {
        decl.remove();
        dropped += 1;
      }
    });
    root.walkRules((rule) => {
      if (!rule.nodes.length) rule.remove();
    });
    if (!dropped) return;
  }
}

// ---- script ------------------------------------------------------------------------------------------------------
await build({ entryPoints: ["assets/js/thidua.js"], outfile: join(OUT, "thidua.js"), bundle: true, minify: true, format: "iife", target: ["chrome109", "firefox115", "safari16"], logLevel: "warning" });
