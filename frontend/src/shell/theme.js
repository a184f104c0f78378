{let w;try{w=JSON.parse(localStorage.getItem('theme'))}catch{}document.documentElement.dataset.theme=w==='light'||w==='dark'?w:'system'}
