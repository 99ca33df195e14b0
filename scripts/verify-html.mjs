// The browser's part of verify-html: node verify-html.mjs FOLDER PAGE...
import { createRequire } from "node:module";
import { readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, ...pages] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const WIDE = { viewport: { width: 1440, height: 1000 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true };
const A4 = { viewport: { width: 680, height: 960 } }; // 180 mm between the margins
const LARGE = 3e6; // bytes from which on a page is timed, and not searched by axe
const VIEWS = { wide: WIDE, dark: { ...WIDE, colorScheme: "dark" }, phone: PHONE, "phone-dark": { ...PHONE, colorScheme: "dark" } };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let wrong = 0;
const check = (page, what, right, said = "") => { if (!right) { wrong++; console.log(`${page}: ${what} ${said}`); } };

for (const name of pages) {
  const url = pathToFileURL(`${folder}/${name}.html`).href, size = statSync(`${folder}/${name}.html`).size;
  const visit = async (options, use) => {
    const context = await browser.newContext(options), page = await context.newPage();
    page.on("console", message => check(name, "console:", false, message.text()));
    page.on("pageerror", error => check(name, "error:", false, error));
    page.on("dialog", dialog => { check(name, "dialog:", false, dialog.message()); dialog.dismiss(); });
    page.on("request", request => check(name, "request:", request.url().split("#")[0] === url, request.url()));
    await page.goto(url);
    await use(page);
    await context.close();
  };
  const shot = (page, kind) => page.screenshot({ path: `${folder}/${name}-${kind}.png` });
  const form = page => page.evaluate(() => (document.querySelector(".form:not(.sound)") ?? document.body).scrollIntoView());

  if (size < LARGE) for (const [kind, options] of Object.entries(VIEWS)) await visit(options, async page => {
    await shot(page, kind);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(name, `${kind}: wider than the window by`, overflow <= 0, overflow);
    await form(page);
    await page.waitForTimeout(200);
    await shot(page, `${kind}-form`);
    // What is not laid out has no size for axe.
    await page.addStyleTag({ content: ".form { content-visibility: visible !important }" });
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const one of found.violations) check(name, `${kind}: axe ${one.id}`, false, `${one.nodes.length} × ${one.nodes[0].html.slice(0, 120)} ${one.nodes[0].failureSummary}`);
  });
  await visit(WIDE, async page => { if (await page.locator("#filters").count()) await used(name, page); });
  await visit({ ...WIDE, javaScriptEnabled: false }, page => plain(name, page));
  await visit(A4, async page => {
    await page.emulateMedia({ media: "print" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(name, "paper: too wide by", overflow <= 0, overflow);
    check(name, "paper: filters", !await page.locator("#filters").isVisible());
    if (size < LARGE) await page.pdf({ path: `${folder}/${name}.pdf`, preferCSSPageSize: true });
  });
  if (size >= LARGE) await visit(WIDE, page => timed(name, page, size));
}
await browser.close();
console.log(`${pages.length} pages, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);

/** Filters, sorting, keyboard and links. */
async function used(name, page) {
  const shown = () => page.evaluate(() => [...document.querySelectorAll("#list tbody tr:not([hidden])")].map(row => row.dataset.sheet));
  const status = () => page.locator("#status").textContent();
  const every = await shown();
  check(name, "status", (await status()).endsWith(`${every.length} / ${every.length}`), await status());

  for (const severity of ["error", "warning", "info"]) if (await page.locator(`select[name=severity] option[value=${severity}]`).count()) {
    await page.selectOption("[name=severity]", severity);
    await page.waitForTimeout(200);
    const seen = await page.evaluate(severity => ({
      rows: [...document.querySelectorAll("#list tbody tr:not([hidden])")].length,
      wanted: [...document.querySelectorAll(".form")].filter(one => one.querySelector(".finding." + severity)).length,
      others: [...document.querySelectorAll(".form:not([hidden]) .finding:not([hidden])")].filter(one => !one.classList.contains(severity)).length,
      marks: [...document.querySelectorAll(".form:not([hidden]) .m:not([hidden])")].filter(one => !one.closest(".finding[hidden]") && !one.classList.contains(severity)).length,
    }), severity);
    check(name, `filter ${severity}`, seen.rows === seen.wanted && !seen.others && !seen.marks, JSON.stringify(seen));
  }
  await page.click("[type=reset]");
  await page.waitForTimeout(100);
  check(name, "reset", (await shown()).length === every.length);
  await page.fill("[name=text]", "zz no such word zz");
  await page.waitForTimeout(2000);
  check(name, "search", (await shown()).length === 0);
  await page.click("[type=reset]");

  const columns = await page.locator("#list thead th").count();
  for (let column = 0; column < columns; column++) {
    const button = page.locator("#list thead th button").nth(column);
    await button.focus();
    for (const _ of [1, 2]) {
      await page.keyboard.press("Enter");
      const way = await page.locator("#list thead th").nth(column).getAttribute("aria-sort");
      const values = await page.evaluate(column => [...document.querySelectorAll("#list tbody tr")].map(row => row.cells[column].textContent), column);
      const numbers = values.map(one => parseFloat(one.replaceAll(",", "")) || 0);
      const numeric = await page.locator("#list thead th").nth(column).evaluate(one => one.classList.contains("n"));
      const sign = way === "ascending" ? 1 : -1;
      if (numeric) check(name, `sort ${column} ${way}`, numbers.every((one, at) => !at || sign * (one - numbers[at - 1]) >= 0));
      const order = await page.evaluate(() => [[...document.querySelectorAll(".form")].map(one => one.id), [...document.querySelectorAll("#list tbody tr")].map(one => one.dataset.sheet)]);
      check(name, `sort ${column}: forms follow`, order[0].join() === order[1].join());
    }
  }
  await page.locator("#list thead th button").first().click();

  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await page.reload();
  await page.keyboard.press("Tab");
  check(name, "skip link", await page.evaluate(() => document.activeElement.matches(".skip")));
  const mark = page.locator(".form:not(.sound) .sheet a.m[id]").first();
  if (await mark.count()) {
    await mark.focus();
    const id = await mark.getAttribute("id"), at = () => page.evaluate(() => ({ id: document.activeElement.id, href: document.activeElement.getAttribute("href"), top: document.activeElement.getBoundingClientRect().top, height: innerHeight }));
    await page.keyboard.press("Enter");
    let now = await at();
    check(name, "from the cell to the message", now.href === `#${id}` && now.top >= 0 && now.top < now.height, JSON.stringify(now));
    await page.keyboard.press("Enter");
    now = await at();
    check(name, "from the message to the cell", now.id === id && now.top >= 0 && now.top < now.height, JSON.stringify(now));
    await page.locator(".finding h4").first().click();
    now = await at();
    check(name, "a click on a message leads to a cell", now.id.startsWith("c") || await page.locator(".finding > a.m").first().count() === 0, JSON.stringify(now));
  }
  const rule = page.locator(".finding a.code").first();
  const target = await rule.getAttribute("href");
  await rule.click();
  await page.waitForTimeout(300);
  check(name, "the page of a rule", await page.locator(target).evaluate(one => one.open && Math.abs(one.getBoundingClientRect().top) < innerHeight));
  await page.locator(`${target} button`).click();
  await page.waitForTimeout(300);
  check(name, "the forms of a rule", (await shown()).length > 0 && await page.evaluate(() => document.querySelector("[name=rule]").value) === target.slice(1));
}

/** Without scripts everything is there, and nothing that needs them. */
async function plain(name, page) {
  check(name, "no script: filters", !await page.locator("#filters").isVisible());
  const mark = page.locator(".form:not(.sound) .sheet a.m[id]").first();
  if (!await mark.count()) return;
  await mark.click();
  check(name, "no script: to the message", page.url().includes("#n"), page.url());
}

/** How large a page of many forms is, how long it takes to open, to filter and to scroll to its end, and what that holds. */
async function timed(name, page, size) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const metric = async key => (await session.send("Performance.getMetrics")).metrics.find(one => one.name === key).value;
  const open = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
  const clock = async use => { const from = performance.now(); await use(); return Math.round(performance.now() - from); };
  const settle = () => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  const filter = await clock(async () => { await page.selectOption("[name=severity]", "error"); await page.waitForTimeout(100); await settle(); });
  await page.click("[type=reset]");
  const words = await clock(async () => { await page.fill("[name=text]", "泵站"); await page.waitForTimeout(100); await settle(); });
  await page.click("[type=reset]");
  await settle();
  const frames = await page.evaluate(async () => {
    const spent = [];
    for (let at = 0; at < 60; at++) {
      const from = performance.now();
      scrollBy(0, innerHeight);
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
      spent.push(performance.now() - from);
    }
    return spent.sort((a, b) => a - b);
  });
  await page.evaluate(() => [...document.querySelectorAll(".form")].at(-1).scrollIntoView());
  await settle();
  const last = await page.evaluate(() => [...document.querySelectorAll(".form")].at(-1).getBoundingClientRect().top < innerHeight);
  check(name, "scrolls to the last form", last);
  await page.screenshot({ path: `${folder}/${name}-end.png` });
  const nodes = await metric("Nodes");
  console.log(`${name}: ${(size / 1e6).toFixed(1)} MB, opens in ${Math.round(open)} ms, filter ${filter} ms, search ${words} ms, ` +
    `a screen further ${Math.round(frames[30])} ms (slowest ${Math.round(frames.at(-1))}), ${nodes} nodes, ${await resident()} MB in memory`);
}

/** The memory of the process that has the page, in MB (Linux). */
async function resident() {
  const { processInfo } = await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
  const size = one => +readFileSync(`/proc/${one.id}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1];
  return Math.round(Math.max(...processInfo.filter(one => one.type === "renderer").map(size)) / 1e3);
}
