import { openPage } from '../open-page.tsx';
import { Options } from './options.tsx';

openPage(Options);
