/** Trusts the authorities that are given in Base64. */
import { trust } from './trust.ts';

trust(process.argv.slice(2));
