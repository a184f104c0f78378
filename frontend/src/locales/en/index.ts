import control from './control.json';
import create from './create.json';
import edit from './edit.json';
import library from './library.json';
import personas from './personas.json';
import picture from './picture.json';
import problems from './problems.json';
import shell from './shell.json';
import signin from './signin.json';
import social from './social.json';
import upscale from './upscale.json';

export default { ...control, ...create, ...edit, ...library, ...personas, ...picture, ...problems, ...shell, ...signin, ...social, ...upscale };
