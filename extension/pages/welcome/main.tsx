import { openPage } from '../open-page.tsx';
import { Welcome } from './welcome.tsx';

openPage(Welcome);
