{const w=localStorage.getItem('theme');document.documentElement.dataset.theme=w==='light'||w==='dark'?w:'system'}
