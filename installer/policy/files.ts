/** All files for administrators, by their path below the folder that is packaged. */
import { browserRegistry, extensionSettings, firefoxPolicies, hostRegistry, linuxPolicy } from './samples.ts';
import { admlOf, admxOf } from './template.ts';
import { extensionTemplate, hostTemplate } from './templates.ts';

/** Path, with `/` between, and text. The folder `en-US` belongs beside the ADMX files. */
export function policyFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...[hostTemplate, extensionTemplate].flatMap((template): [string, string][] => [
      [`admx/${template.name}.admx`, admxOf(template)],
      [`admx/en-US/${template.name}.adml`, admlOf(template)],
    ]),
    ['registry/helper.reg', hostRegistry()],
    ['registry/chrome.reg', browserRegistry('Chrome')],
    ['registry/edge.reg', browserRegistry('Edge')],
    ['chrome/ExtensionSettings.json', extensionSettings('Chrome')],
    ['edge/ExtensionSettings.json', extensionSettings('Edge')],
    ['firefox/policies.json', firefoxPolicies()],
    ['linux/signin-rescue.json', linuxPolicy()],
  ]);
}
