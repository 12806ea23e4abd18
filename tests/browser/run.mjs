// Checks every page of a running portal as people and machines see it: valid HTML (vnu), accessibility (axe-core),
// weight and requests, no sideways scrolling, text browsers, a lesson played through with script off.
//
// usage: node run.mjs BASE_URL OUT_DIR        exit 1 when anything is wrong
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const [base, out] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const problems = [];
const problem = (page, what) => problems.push(`${page}: ${what}`);
const count = {};
const done = (what, n = 1) => { count[what] = (count[what] ?? 0) + n; };
mkdirSync(path.join(out, 'pages'), { recursive: true });
mkdirSync(path.join(out, 'shots'), { recursive: true });

// --- every page that links lead to ---------------------------------------------------------------------------------
async function crawl() {
  const seen = new Map();
  const saved = new Set();
  const queue = ['/', '/es/', '/qu/', '/es/tecnico', '/es/recursos?q=contrase%C3%B1a', '/qu/recursos?q=wasi', '/es/recursos?q=xyzzy', '/es/no-hay-nada-aqui', '/qu/no-hay-nada-aqui'];
  for (const known of queue) seen.set(known, null);
  while (queue.length) {
    const where = queue.shift();
    const reply = await fetch(base + where, { headers: { 'Accept-Language': '' } });
    // What is saved and not looked at: it must be there.
    if (!(reply.headers.get('content-type') ?? '').startsWith('text/html')) {
      if (!reply.ok) problem(where, `status ${reply.status}`);
      await reply.arrayBuffer();
      seen.delete(where);
      saved.add(where);
      continue;
    }
    const html = await reply.text();
    seen.set(where, html);
    for (const [, raw] of html.matchAll(/<a [^>]*href="([^"#]*)/g)) {
      const href = raw.replaceAll('&amp;', '&').replaceAll('&#x2f;', '/');
      // Lists with two filters and more differ in nothing but their links; one page of each filter is looked at.
      if (!href.startsWith('/') || seen.has(href) || saved.has(href) || href.includes('&')) continue;
      seen.set(href, null);
      queue.push(href);
    }
  }
  return seen;
}

function validate(pages) {
  let n = 0;
  const names = new Map();
  for (const [where, html] of pages) {
    const file = path.join(out, 'pages', `${String(++n).padStart(4, '0')}.html`);
    writeFileSync(file, html);
    names.set(path.resolve(file), where);
  }
  const jar = path.join(path.dirname(require.resolve('vnu-jar')), 'build', 'dist', 'vnu.jar');
  const run = spawnSync('java', ['-Xss8m', '-jar', jar, '--skip-non-html', '--format', 'json', path.join(out, 'pages')], { maxBuffer: 1 << 28 });
  if (run.error) return problem('vnu', String(run.error));
  const { messages } = JSON.parse(run.stderr.toString());
  for (const message of messages) {
    const quiet = message.type === 'info' && message.subType !== 'warning';
    // Old browsers want what the validator only finds superfluous (roles, Content-Type in a meta element).
    if (quiet || message.subType === 'warning') continue;
    problem(names.get(new URL(message.url).pathname) ?? message.url, `vnu: ${message.message} (line ${message.lastLine})`);
  }
  done('valid pages (vnu)', pages.size);
}

// --- Chromium ------------------------------------------------------------------------------------------------------
async function look(browser, pages) {
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const context = await browser.newContext({ viewport: { width: 869, height: 562 } });
  const page = await context.newPage();
  for (const where of pages.keys()) {
    const requests = [];
    const seen = (reply) => requests.push(reply);
    page.on('response', seen);
    await page.goto(base + where, { waitUntil: 'load' });
    page.off('response', seen);
    let bytes = 0;
    for (const reply of requests) bytes += (await reply.body().catch(() => Buffer.alloc(0))).length;
    if (requests.length > 8) problem(where, `${requests.length} requests`);
    if (bytes > 150 * 1024) problem(where, `${bytes} bytes`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] }));
    for (const { id, nodes } of violations) problem(where, `axe ${id}: ${nodes[0].html.slice(0, 160)}`);
    done('accessible pages (axe-core)');
  }
  await context.close();
}

async function sizes(browser, pages) {
  const wanted = [...pages.keys()].filter((where) => !/\?|\/(pregunta|cuento|repaso)\/./.test(where));
  for (const [width, height] of [[320, 640], [869, 562], [1200, 900]]) {
    const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: true });
    const page = await context.newPage();
    for (const where of wanted) {
      await page.goto(base + where);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) problem(where, `${wide} px wide on a screen of ${width}`);
      done(`pages that fit ${width} px`);
    }
    await context.close();
  }
}

// --- a pupil, script and cookies off -------------------------------------------------------------------------------
async function play(browser, lang, lesson) {
  const context = await browser.newContext({ viewport: { width: 869, height: 562 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/${lang}/lecciones/${lesson}/1`);
  const taken = new Set();
  let passages = 0, answered = 0, sorted = 0, screens = 0;
  for (let step = 0; step < 120; step += 1) {
    if (await page.locator('ul.choices a').count()) {
      // The first choice not taken yet: some lead back to try again.
      const choices = await page.locator('ul.choices a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      const fresh = choices.find((href) => !taken.has(href)) ?? choices[0];
      taken.add(fresh);
      await page.locator(`ul.choices a[href="${fresh}"]`).first().click();
      passages += 1;
      if (passages > 40) return problem(lesson, `${lang}: the story does not end by first choices`);
      continue;
    }
    const answer = page.locator('form.q');
    if (await answer.count() && !(await page.locator('.say').count())) {
      if (await page.locator('form.q input[type=radio]').count()) await page.locator('form.q input[type=radio]').first().check();
      if (await page.locator('form.q input[type=checkbox]').count()) await page.locator('form.q input[type=checkbox]').first().check();
      for (const select of await page.locator('form.q select').all()) await select.selectOption({ index: 1 });
      if (await page.locator('form.q input[type=text]').count()) await page.locator('form.q input[type=text]').fill('7');
      await page.locator('form.q input[type=submit]').click();
      answered += 1;
      if (!(await page.locator('.say').count())) return problem(page.url(), 'an answer got no reply');
      await page.locator('form.nav input[type=submit]').click();
      continue;
    }
    if (await page.locator('.bins').count() && !(await page.locator('.say').count())) {
      for (const bins of await page.locator('.bins').all()) await bins.locator('input').first().check();
      await page.locator('form input[type=submit].big').click();
      sorted += 1;
      if (!(await page.locator('.say').count())) return problem(page.url(), 'the cards got no reply');
    }
    const next = page.locator('p.nav a.next');
    if (page.url().endsWith('/recuerda')) {
      done('lessons played without script');
      console.log(`  ${lang} ${lesson}: ${screens} screens, ${passages} choices, ${answered} answers, ${sorted} tables of cards`);
      return context.close();
    }
    await next.click();
    screens += 1;
  }
  problem(lesson, `${lang}: the lesson has no end`);
  return context.close();
}

// --- browsers of another age ---------------------------------------------------------------------------------------
function text(pages) {
  for (const where of pages.keys()) {
    if (/\?|pregunta\/|cuento\//.test(where)) continue;
    const words = execFileSync('w3m', ['-dump', '-cols', '100', base + where]).toString();
    if (!/Amauta/.test(words)) problem(where, 'w3m shows nothing');
    if (/[\u2068\u2069\ufffd]/.test(words)) problem(where, 'w3m shows marks that are no text');
    done('pages read in w3m');
  }
}

const pages = await crawl();
console.log(`${pages.size} pages`);
validate(pages);
text(pages);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
await look(browser, pages);
await sizes(browser, pages);
const lessons = new Set([...pages.keys()].map((where) => /^\/es\/lecciones\/([a-z0-9-]+)$/.exec(where)?.[1]).filter(Boolean));
for (const lesson of lessons) for (const lang of ['es', 'qu']) await play(browser, lang, lesson);
for (const [name, where] of [['root', '/'], ['home-es', '/es/'], ['home-qu', '/qu/'], ['catalog', '/es/recursos'], ['help-qu', '/qu/ayuda']]) {
  const context = await browser.newContext({ viewport: { width: 869, height: 562 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(base + where);
  await page.screenshot({ path: path.join(out, 'shots', `${name}.png`) });
  await context.close();
}
await browser.close();

for (const [what, n] of Object.entries(count)) console.log(`${what}: ${n}`);
for (const each of problems.slice(0, 60)) console.log(`PROBLEM ${each}`);
console.log(`${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
