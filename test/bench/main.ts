/**
 * `npm run bench`: the budgets of the design, as ratios measured in one run. `--json` prints one document;
 * `--repair` measures the repair engine alone, `--check` the connection check: neither needs a build or a browser.
 * `--popup` builds, and measures how soon popup and banner are there.
 */
import { build } from '../harness/build.ts';
import { checkCost, tellCheck } from './check.ts';
import { popupCost, tellPopup } from './popup.ts';
import { productCost, tellProduct } from './product.ts';
import { repairCost, tellRepair } from './repair.ts';

const alone = ['repair', 'check', 'popup'].filter((part) => process.argv.includes(`--${part}`));
const wanted = (part: string) => alone.length === 0 || alone.includes(part);

const product = wanted('product') ? await productCost() : undefined;
if (wanted('popup') && !product) await build();
const popup = wanted('popup') ? await popupCost() : undefined;
const check = wanted('check') ? await checkCost() : undefined;
const repair = wanted('repair') ? await repairCost() : undefined;
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ node: process.version, ...product, popup, check, repair }, null, 2));
} else {
  console.log(`Node ${process.version}; median (10 % … 90 %)`);
  const lines = [
    ...(product ? tellProduct(product) : []),
    ...(popup ? tellPopup(popup) : []),
    ...(check ? tellCheck(check) : []),
    ...(repair ? tellRepair(repair) : []),
  ];
  for (const each of lines) console.log(each);
}
