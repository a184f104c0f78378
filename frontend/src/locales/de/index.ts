import control from './control.json';
import costs from './costs.json';
import create from './create.json';
import edit from './edit.json';
import home from './home.json';
import library from './library.json';
import personas from './personas.json';
import picture from './picture.json';
import problems from './problems.json';
import settings from './settings.json';
import shell from './shell.json';
import signin from './signin.json';
import social from './social.json';
import trouble from './trouble.json';
import upscale from './upscale.json';
import variants from './variants.json';

export default { ...control, ...costs, ...create, ...edit, ...home, ...library, ...personas, ...picture, ...problems, ...settings, ...shell, ...signin, ...social, ...trouble, ...upscale, ...variants };
