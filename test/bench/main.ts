/**
 * `npm run bench`: the budgets of the design, as ratios measured in one run. `--json` prints one document;
 * `--repair` measures the repair engine alone, which needs neither a build nor a browser.
 */
import { productCost, tellProduct } from './product.ts';
import { repairCost, tellRepair } from './repair.ts';

const product = process.argv.includes('--repair') ? undefined : await productCost();
const repair = await repairCost();
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ node: process.version, ...product, repair }, null, 2));
} else {
  console.log(`Node ${process.version}; median (10 % … 90 %)`);
  for (const each of [...(product ? tellProduct(product) : []), ...tellRepair(repair)]) console.log(each);
}
