BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE api_keys (
	id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	prefix TEXT NOT NULL, 
	key_hash VARCHAR(64) NOT NULL, 
	scopes JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	last_used_at DATETIME, 
	expires_at DATETIME, 
	revoked_at DATETIME, 
	CONSTRAINT pk_api_keys PRIMARY KEY (id), 
	CONSTRAINT fk_api_keys_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT fk_api_keys_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id), 
	CONSTRAINT uq_api_keys_key_hash UNIQUE (key_hash)
);
INSERT INTO "api_keys" VALUES('f572b237e1e86aababe0a364f7117643','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','a program','isk_it1ZfG','40d6827cd8fd2fbeba54ee359122fb9a979a6487e5f225a8d9c92393d84f1625','["read", "write"]','2026-11-22 16:35:24.859323',NULL,NULL,NULL);
CREATE TABLE application_versions (
    version_id TEXT NOT NULL PRIMARY KEY,
    version_name TEXT NOT NULL UNIQUE,
    version_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
, "application_name" TEXT DEFAULT NULL);
INSERT INTO "application_versions" VALUES('188cfe34-ea68-4dfd-ad52-244004e1f0c0','1',1795365323000,1795365323000,'image-studio');
CREATE TABLE asset_files (
	asset_id VARCHAR(32) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	content_key TEXT NOT NULL, 
	file_size INTEGER NOT NULL, 
	CONSTRAINT pk_asset_files PRIMARY KEY (asset_id, name), 
	CONSTRAINT fk_asset_files_asset_id FOREIGN KEY(asset_id) REFERENCES assets (id), 
	CONSTRAINT fk_asset_files_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
CREATE TABLE assets (
	id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	user_id VARCHAR(32), 
	job_id VARCHAR(32), 
	ordinal INTEGER, 
	asset_type TEXT NOT NULL, 
	source_module TEXT NOT NULL, 
	status TEXT NOT NULL, 
	filename TEXT NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	prompt TEXT, 
	tags JSON NOT NULL, 
	facts JSON NOT NULL, 
	content_key TEXT NOT NULL, 
	thumbnail_key TEXT, 
	mime_type TEXT NOT NULL, 
	file_size INTEGER NOT NULL, 
	width INTEGER, 
	height INTEGER, 
	thumbhash TEXT, 
	colour VARCHAR(7), 
	provider TEXT, 
	model TEXT, 
	cost_milli INTEGER NOT NULL, 
	generation_time DOUBLE, 
	is_favorite BOOLEAN NOT NULL, 
	download_count INTEGER NOT NULL, 
	share_count INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	trashed_at DATETIME, 
	CONSTRAINT pk_assets PRIMARY KEY (id), 
	CONSTRAINT fk_assets_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT fk_assets_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id), 
	CONSTRAINT uq_assets_workspace_id_job_id_ordinal UNIQUE (workspace_id, job_id, ordinal)
);
INSERT INTO "assets" VALUES('798a0631e32b476aafdedffa24b1b53c','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','1fa422b9fdd24bda81ec33fbe7a975fc',1,'image','image_studio','completed','a-lamp-236387596.png','a lamp','','a lamp','[]','{"operation": "create", "prompt": "a lamp", "enhanced_prompt": "a lamp, balanced composition", "template_id": null, "template_name": null, "style_preset": null, "quality": "standard", "seed": 1, "format": "png", "generative": true, "reason": "Only engine that is ready; 2 credits; exact size", "ignored": [], "notes": [], "engine": {}}','cas/sha256/91/919bcf650d4a3c107514c2322b9a3f6c2c04015a2bd5699c5623011dafe78f1c','cas/sha256/ca/cac8f5f0b4ad1c435c92cf7596158fb40b9d03e838529b3d938f738ae30639b5','image/png',228,64,64,'n6WBBQAPUFU0REZkFO/+/v7vEDEAIRERMg==','#4f78b0','stub','stub-1',2000,0.022,0,0,0,'2026-11-22 16:35:26.408319','2026-11-22 16:35:26.408319',NULL);
INSERT INTO "assets" VALUES('d4591ca481c345f3a520c7647178778a','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','1fa422b9fdd24bda81ec33fbe7a975fc',0,'image','image_studio','completed','a-lamp-236387595.png','Lamp, “lit”','','a lamp','["a", "\u00fc", "\ud83e\ude94"]','{"operation": "create", "prompt": "a lamp", "enhanced_prompt": "a lamp, balanced composition", "template_id": null, "template_name": null, "style_preset": null, "quality": "standard", "seed": 1, "format": "png", "generative": true, "reason": "Only engine that is ready; 2 credits; exact size", "ignored": [], "notes": [], "engine": {}}','cas/sha256/12/12b8f8ac3cbb3633d1e573b38207ad3dfa51e1aee9642395e3a1a13ab202f480','cas/sha256/b5/b51b1ad91ebc9136f691fa55fcb035cb9b2b59a975ce2011f71ce88f86d9dad7','image/png',228,64,64,'n3qCBQAP7c3t3u8Nvbqv+P7vEDEAIRERMg==','#b87847','stub','stub-1',2000,0.022,1,0,0,'2026-11-22 16:35:26.435641','2026-11-22 16:35:26.869252',NULL);
INSERT INTO "assets" VALUES('64e9592e892a44e993b22cb1872ac830','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','9a17ca37d6f7428485db629625f86e0b',0,'image','image_studio','completed','a-spoon-3190356308.png','a spoon','','a spoon','[]','{"operation": "create", "prompt": "a spoon", "enhanced_prompt": "a spoon, balanced composition", "template_id": null, "template_name": null, "style_preset": null, "quality": "standard", "seed": 1, "format": "png", "generative": true, "reason": "Only engine that is ready; 2 credits; exact size", "ignored": [], "notes": [], "engine": {}}','cas/sha256/d3/d3dc972633c53477a20d6391ab6fe91ee97161922a3f6af3192703a9cfdd4665','cas/sha256/17/17003d0bfc27cd971e530cd8c0c5d684232e0741fb47771a4453ad487df62c15','image/png',228,64,64,'n4qCBQAP3LzczM4MrCEQ8v//EDEAIRERMg==','#bd7842','stub','stub-1',2000,0.023,0,0,0,'2026-11-22 16:35:26.645331','2026-11-22 16:35:26.882455','2026-11-22 16:35:26.882415');
INSERT INTO "assets" VALUES('b4915ba7a50546fdbf62d16495a8b9a3','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b',NULL,NULL,'image','upload','completed','image.png','','',NULL,'[]','{}','cas/sha256/b3/b328e0a0472dd90f45ef4d1d39e56ed87201ed1f7146a0a63ac5614309f0e2f3','cas/sha256/24/245f5bad9bac2fb875f95dfc067beeb008d203e838eeb52164b9b2893e492dd3','image/png',149,48,40,'3zKBBIAPiIeIiIgICAAQ3+sPEQMQEhEhAw==','#1178ee',NULL,NULL,0,NULL,0,0,0,'2026-11-22 16:35:26.728141','2026-11-22 16:35:26.728141',NULL);
INSERT INTO "assets" VALUES('1f8df58761e14ea68fbbd0bb3c78f506','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','fa038113215f4e88b5d977238d0d4c41',0,'image','image_studio','completed','cut-out.png','Cut out','',NULL,'["cut out"]','{"operation": "remove_background", "format": "png", "reason": "Only engine that is ready; 2 credits", "ignored": [], "notes": [], "engine": {}}','cas/sha256/67/67a7c01dc0ecfef6e1e59e2b704901083dd9d834b62fdfa9262101503f582670','cas/sha256/9f/9f55d85a946b3abdbd963f0d21a4b3bfa7df2839ebfbdc5b31b51d5886c76399','image/png',149,48,40,'n9yCBIAPZXVlZmUGBgIAMCICEQMQEhEhAw==','#e87817','stub','stub-1',2000,0.014,0,0,0,'2026-11-22 16:35:26.832749','2026-11-22 16:35:26.832749',NULL);
CREATE TABLE balances (
	workspace_id VARCHAR(32) NOT NULL, 
	account VARCHAR(20) NOT NULL, 
	amount_milli BIGINT NOT NULL, 
	CONSTRAINT pk_balances PRIMARY KEY (workspace_id, account), 
	CONSTRAINT fk_balances_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "balances" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','unmetered',-14000);
INSERT INTO "balances" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','reserved',6000);
INSERT INTO "balances" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','spent',8000);
INSERT INTO "balances" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','granted',-12500);
INSERT INTO "balances" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','available',12500);
CREATE TABLE dbos_migrations (version INTEGER NOT NULL PRIMARY KEY);
INSERT INTO "dbos_migrations" VALUES(125);
CREATE TABLE idempotency_keys (
	workspace_id VARCHAR(32) NOT NULL, 
	path VARCHAR(200) NOT NULL, 
	"key" VARCHAR(255) NOT NULL, 
	body_hash VARCHAR(64) NOT NULL, 
	job_id VARCHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_idempotency_keys PRIMARY KEY (workspace_id, path, "key"), 
	CONSTRAINT fk_idempotency_keys_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "idempotency_keys" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','/api/image-studio/create','order-1','4876c4fd1ec79d90c8101ebc6cdba5918bb7458e6abe7e3d818baf99d42f6728','1fa422b9fdd24bda81ec33fbe7a975fc','2026-11-22 16:35:25.971614');
CREATE TABLE job_events (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id VARCHAR(32) NOT NULL, 
	job_id VARCHAR(32) NOT NULL, 
	type TEXT NOT NULL, 
	data JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT fk_job_events_job_id FOREIGN KEY(job_id) REFERENCES jobs (id), 
	CONSTRAINT fk_job_events_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "job_events" VALUES(1,'5ba44d0007375fd2fa1d56aff7e2a0de','1fa422b9fdd24bda81ec33fbe7a975fc','job.progress','{"progress": 0.0, "message": "At work"}','2026-11-22 16:35:26.033851');
INSERT INTO "job_events" VALUES(2,'5ba44d0007375fd2fa1d56aff7e2a0de','1fa422b9fdd24bda81ec33fbe7a975fc','job.result','{"ordinal": 1, "asset_id": "798a0631e32b476aafdedffa24b1b53c", "problem": null, "progress": 0.5, "message": "1 of 2 ready"}','2026-11-22 16:35:26.426946');
INSERT INTO "job_events" VALUES(3,'5ba44d0007375fd2fa1d56aff7e2a0de','1fa422b9fdd24bda81ec33fbe7a975fc','job.result','{"ordinal": 0, "asset_id": "d4591ca481c345f3a520c7647178778a", "problem": null, "progress": 1.0, "message": "2 of 2 ready"}','2026-11-22 16:35:26.439308');
INSERT INTO "job_events" VALUES(4,'5ba44d0007375fd2fa1d56aff7e2a0de','1fa422b9fdd24bda81ec33fbe7a975fc','job.done','{"status": "done", "problem": null, "asset_ids": ["d4591ca481c345f3a520c7647178778a", "798a0631e32b476aafdedffa24b1b53c"]}','2026-11-22 16:35:26.442389');
INSERT INTO "job_events" VALUES(5,'5ba44d0007375fd2fa1d56aff7e2a0de','9a17ca37d6f7428485db629625f86e0b','job.progress','{"progress": 0.0, "message": "At work"}','2026-11-22 16:35:26.560573');
INSERT INTO "job_events" VALUES(6,'5ba44d0007375fd2fa1d56aff7e2a0de','9a17ca37d6f7428485db629625f86e0b','job.result','{"ordinal": 0, "asset_id": "64e9592e892a44e993b22cb1872ac830", "problem": null, "progress": 1.0, "message": "1 of 1 ready"}','2026-11-22 16:35:26.648556');
INSERT INTO "job_events" VALUES(7,'5ba44d0007375fd2fa1d56aff7e2a0de','9a17ca37d6f7428485db629625f86e0b','job.done','{"status": "done", "problem": null, "asset_ids": ["64e9592e892a44e993b22cb1872ac830"]}','2026-11-22 16:35:26.650648');
INSERT INTO "job_events" VALUES(8,'5ba44d0007375fd2fa1d56aff7e2a0de','fa038113215f4e88b5d977238d0d4c41','job.progress','{"progress": 0.0, "message": "At work"}','2026-11-22 16:35:26.781296');
INSERT INTO "job_events" VALUES(9,'5ba44d0007375fd2fa1d56aff7e2a0de','fa038113215f4e88b5d977238d0d4c41','job.result','{"ordinal": 0, "asset_id": "1f8df58761e14ea68fbbd0bb3c78f506", "problem": null, "progress": 1.0, "message": "1 of 1 ready"}','2026-11-22 16:35:26.837837');
INSERT INTO "job_events" VALUES(10,'5ba44d0007375fd2fa1d56aff7e2a0de','fa038113215f4e88b5d977238d0d4c41','job.done','{"status": "done", "problem": null, "asset_ids": ["1f8df58761e14ea68fbbd0bb3c78f506"]}','2026-11-22 16:35:26.839940');
INSERT INTO "job_events" VALUES(11,'5ba44d0007375fd2fa1d56aff7e2a0de','c7d570d135894a6d879441b0b3b39c0f','job.progress','{"progress": 0.0, "message": "At work"}','2026-11-22 16:35:26.985645');
INSERT INTO "job_events" VALUES(12,'5ba44d0007375fd2fa1d56aff7e2a0de','8068290d072b4260988f3aef91a33cb9','job.progress','{"progress": 0.0, "message": "At work"}','2026-11-22 16:35:27.188776');
CREATE TABLE job_results (
	job_id VARCHAR(32) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	asset_id VARCHAR(32), 
	problem JSON, 
	provider TEXT, 
	model TEXT, 
	captured_milli INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_job_results PRIMARY KEY (job_id, ordinal), 
	CONSTRAINT fk_job_results_asset_id FOREIGN KEY(asset_id) REFERENCES assets (id), 
	CONSTRAINT fk_job_results_job_id FOREIGN KEY(job_id) REFERENCES jobs (id), 
	CONSTRAINT fk_job_results_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "job_results" VALUES('1fa422b9fdd24bda81ec33fbe7a975fc',1,'5ba44d0007375fd2fa1d56aff7e2a0de','798a0631e32b476aafdedffa24b1b53c',NULL,'stub','stub-1',2000,'2026-11-22 16:35:26.416525');
INSERT INTO "job_results" VALUES('1fa422b9fdd24bda81ec33fbe7a975fc',0,'5ba44d0007375fd2fa1d56aff7e2a0de','d4591ca481c345f3a520c7647178778a',NULL,'stub','stub-1',2000,'2026-11-22 16:35:26.436447');
INSERT INTO "job_results" VALUES('9a17ca37d6f7428485db629625f86e0b',0,'5ba44d0007375fd2fa1d56aff7e2a0de','64e9592e892a44e993b22cb1872ac830',NULL,'stub','stub-1',2000,'2026-11-22 16:35:26.645996');
INSERT INTO "job_results" VALUES('fa038113215f4e88b5d977238d0d4c41',0,'5ba44d0007375fd2fa1d56aff7e2a0de','1f8df58761e14ea68fbbd0bb3c78f506',NULL,'stub','stub-1',2000,'2026-11-22 16:35:26.835164');
CREATE TABLE jobs (
	id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	operation TEXT NOT NULL, 
	status TEXT NOT NULL, 
	spec JSON NOT NULL, 
	"plan" JSON NOT NULL, 
	parts INTEGER NOT NULL, 
	attempts INTEGER NOT NULL, 
	progress DOUBLE NOT NULL, 
	message TEXT NOT NULL, 
	problem JSON, 
	provider TEXT, 
	fallback JSON, 
	estimated_milli INTEGER NOT NULL, 
	cancel_requested_at DATETIME, 
	created_at DATETIME NOT NULL, 
	deadline_at DATETIME NOT NULL, 
	started_at DATETIME, 
	finished_at DATETIME, 
	CONSTRAINT pk_jobs PRIMARY KEY (id), 
	CONSTRAINT fk_jobs_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT fk_jobs_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "jobs" VALUES('1fa422b9fdd24bda81ec33fbe7a975fc','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','create','done','{"operation": "create", "prompt": "a lamp, balanced composition", "original_prompt": "a lamp", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [236387595, 236387596]}','{"spec": {"operation": "create", "prompt": "a lamp, balanced composition", "original_prompt": "a lamp", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [236387595, 236387596]}, "choices": [{"provider": "stub", "model": "stub-1", "operation": "create", "label": "Stub", "milli_credits": 2000, "reason": "Only engine that is ready; 2 credits; exact size", "seconds": 10.0, "generative": true, "local": false, "ignored": []}], "dearer": [], "passed": [], "ignored": [], "additions": [{"text": "balanced composition", "reason": "the arrangement was left open"}], "notes": [], "template_id": null, "template_name": null, "price_book_version": "2026-01-01.ab55d336"}',2,1,1.0,'2 of 2 ready',NULL,'stub',NULL,4000,NULL,'2026-11-22 16:35:25.974899','2036-11-19 16:35:25.974899','2026-11-22 16:35:26.033740','2026-11-22 16:35:26.440876');
INSERT INTO "jobs" VALUES('9a17ca37d6f7428485db629625f86e0b','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','create','done','{"operation": "create", "prompt": "a spoon, balanced composition", "original_prompt": "a spoon", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [3190356308]}','{"spec": {"operation": "create", "prompt": "a spoon, balanced composition", "original_prompt": "a spoon", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [3190356308]}, "choices": [{"provider": "stub", "model": "stub-1", "operation": "create", "label": "Stub", "milli_credits": 2000, "reason": "Only engine that is ready; 2 credits; exact size", "seconds": 10.0, "generative": true, "local": false, "ignored": []}], "dearer": [], "passed": [], "ignored": [], "additions": [{"text": "balanced composition", "reason": "the arrangement was left open"}], "notes": [], "template_id": null, "template_name": null, "price_book_version": "2026-01-01.ab55d336"}',1,1,1.0,'1 of 1 ready',NULL,'stub',NULL,2000,NULL,'2026-11-22 16:35:26.476176','2036-11-19 16:35:26.476176','2026-11-22 16:35:26.560466','2026-11-22 16:35:26.649772');
INSERT INTO "jobs" VALUES('fa038113215f4e88b5d977238d0d4c41','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','remove_background','done','{"operation": "remove_background", "image": "b4915ba7a50546fdbf62d16495a8b9a3", "output_format": "png"}','{"spec": {"operation": "remove_background", "image": "b4915ba7a50546fdbf62d16495a8b9a3", "output_format": "png"}, "choices": [{"provider": "stub", "model": "stub-1", "operation": "remove_background", "label": "Stub", "milli_credits": 2000, "reason": "Only engine that is ready; 2 credits", "seconds": 10.0, "generative": true, "local": false, "ignored": []}], "dearer": [], "passed": [], "ignored": [], "additions": [], "notes": [], "template_id": null, "template_name": null, "price_book_version": "2026-01-01.ab55d336"}',1,1,1.0,'1 of 1 ready',NULL,'stub',NULL,2000,NULL,'2026-11-22 16:35:26.731012','2036-11-19 16:35:26.731012','2026-11-22 16:35:26.781210','2026-11-22 16:35:26.839097');
INSERT INTO "jobs" VALUES('c7d570d135894a6d879441b0b3b39c0f','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','create','running','{"operation": "create", "prompt": "with a ticket, balanced composition", "original_prompt": "with a ticket", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [1959528119]}','{"spec": {"operation": "create", "prompt": "with a ticket, balanced composition", "original_prompt": "with a ticket", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [1959528119]}, "choices": [{"provider": "stub", "model": "stub-1", "operation": "create", "label": "Stub", "milli_credits": 2000, "reason": "Only engine that is ready; 2 credits; exact size", "seconds": 10.0, "generative": true, "local": false, "ignored": []}], "dearer": [], "passed": [], "ignored": [], "additions": [{"text": "balanced composition", "reason": "the arrangement was left open"}], "notes": [], "template_id": null, "template_name": null, "price_book_version": "2026-01-01.ab55d336"}',1,1,0.0,'At work',NULL,'stub',NULL,2000,NULL,'2026-11-22 16:35:26.900905','2036-11-19 16:35:26.900905','2026-11-22 16:35:26.985515',NULL);
INSERT INTO "jobs" VALUES('8068290d072b4260988f3aef91a33cb9','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','create','running','{"operation": "create", "prompt": "never answered, balanced composition", "original_prompt": "never answered", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [3957053501]}','{"spec": {"operation": "create", "prompt": "never answered, balanced composition", "original_prompt": "never answered", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [3957053501]}, "choices": [{"provider": "stub", "model": "stub-1", "operation": "create", "label": "Stub", "milli_credits": 2000, "reason": "Only engine that is ready; 2 credits; exact size", "seconds": 10.0, "generative": true, "local": false, "ignored": []}], "dearer": [], "passed": [], "ignored": [], "additions": [{"text": "balanced composition", "reason": "the arrangement was left open"}], "notes": [], "template_id": null, "template_name": null, "price_book_version": "2026-01-01.ab55d336"}',1,1,0.0,'At work',NULL,'stub',NULL,2000,NULL,'2026-11-22 16:35:27.009076','2036-11-19 16:35:27.009076','2026-11-22 16:35:27.188641',NULL);
INSERT INTO "jobs" VALUES('2316ae9782ac404ca9e07d4809ec43e3','5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','create','queued','{"operation": "create", "prompt": "without a place, balanced composition", "original_prompt": "without a place", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [1907173557]}','{"spec": {"operation": "create", "prompt": "without a place, balanced composition", "original_prompt": "without a place", "negative_prompt": null, "width": 64, "height": 64, "quality": "standard", "style_preset": null, "guidance_scale": null, "steps": null, "palette": [], "template_id": null, "seeds": [1907173557]}, "choices": [{"provider": "stub", "model": "stub-1", "operation": "create", "label": "Stub", "milli_credits": 2000, "reason": "Only engine that is ready; 2 credits; exact size", "seconds": 10.0, "generative": true, "local": false, "ignored": []}], "dearer": [], "passed": [], "ignored": [], "additions": [{"text": "balanced composition", "reason": "the arrangement was left open"}], "notes": [], "template_id": null, "template_name": null, "price_book_version": "2026-01-01.ab55d336"}',1,0,0.0,'Waiting for its turn',NULL,'stub',NULL,2000,NULL,'2026-11-22 16:35:27.204771','2036-11-19 16:35:27.204771',NULL,NULL);
CREATE TABLE ledger_entries (
	transaction_id VARCHAR(32) NOT NULL, 
	account VARCHAR(20) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	amount_milli BIGINT NOT NULL, 
	CONSTRAINT pk_ledger_entries PRIMARY KEY (transaction_id, account), 
	CONSTRAINT fk_ledger_entries_transaction_id FOREIGN KEY(transaction_id) REFERENCES ledger_transactions (id), 
	CONSTRAINT fk_ledger_entries_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "ledger_entries" VALUES('d816a914a9444bf18f47e7884a1a5b9d','unmetered','5ba44d0007375fd2fa1d56aff7e2a0de',-4000);
INSERT INTO "ledger_entries" VALUES('d816a914a9444bf18f47e7884a1a5b9d','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',4000);
INSERT INTO "ledger_entries" VALUES('63d92c202a5b42d9a65db709e7207247','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('63d92c202a5b42d9a65db709e7207247','spent','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
INSERT INTO "ledger_entries" VALUES('1f29d81314f34331a921eb179da24764','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('1f29d81314f34331a921eb179da24764','spent','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
INSERT INTO "ledger_entries" VALUES('078525658710423fa78e6136bb4397b1','unmetered','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('078525658710423fa78e6136bb4397b1','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
INSERT INTO "ledger_entries" VALUES('f4de0528d5514dd797f4315d557971e9','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('f4de0528d5514dd797f4315d557971e9','spent','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
INSERT INTO "ledger_entries" VALUES('e7e917e1da0146e49108ad681a3197af','unmetered','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('e7e917e1da0146e49108ad681a3197af','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
INSERT INTO "ledger_entries" VALUES('2153be31ef514259bcd9aa4cab905838','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('2153be31ef514259bcd9aa4cab905838','spent','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
INSERT INTO "ledger_entries" VALUES('616320a2b23549f9961f0065427800a4','granted','5ba44d0007375fd2fa1d56aff7e2a0de',-12500);
INSERT INTO "ledger_entries" VALUES('616320a2b23549f9961f0065427800a4','available','5ba44d0007375fd2fa1d56aff7e2a0de',12500);
INSERT INTO "ledger_entries" VALUES('e90964893c7d4ab99a6c2d2cab79f479','unmetered','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('e90964893c7d4ab99a6c2d2cab79f479','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
INSERT INTO "ledger_entries" VALUES('eb27f6111ed1450b9b6b960b4a1c617c','unmetered','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('eb27f6111ed1450b9b6b960b4a1c617c','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
INSERT INTO "ledger_entries" VALUES('3bc494b8449a429c86c2c9df948ca286','unmetered','5ba44d0007375fd2fa1d56aff7e2a0de',-2000);
INSERT INTO "ledger_entries" VALUES('3bc494b8449a429c86c2c9df948ca286','reserved','5ba44d0007375fd2fa1d56aff7e2a0de',2000);
CREATE TABLE ledger_transactions (
	id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	"key" VARCHAR(160) NOT NULL, 
	kind TEXT NOT NULL, 
	job_id VARCHAR(32), 
	reason TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_ledger_transactions PRIMARY KEY (id), 
	CONSTRAINT fk_ledger_transactions_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id), 
	CONSTRAINT uq_ledger_transactions_key UNIQUE ("key")
);
INSERT INTO "ledger_transactions" VALUES('d816a914a9444bf18f47e7884a1a5b9d','5ba44d0007375fd2fa1d56aff7e2a0de','reserve:1fa422b9fdd24bda81ec33fbe7a975fc','reserve','1fa422b9fdd24bda81ec33fbe7a975fc','','2026-11-22 16:35:25.980003');
INSERT INTO "ledger_transactions" VALUES('63d92c202a5b42d9a65db709e7207247','5ba44d0007375fd2fa1d56aff7e2a0de','capture:1fa422b9fdd24bda81ec33fbe7a975fc:1','capture','1fa422b9fdd24bda81ec33fbe7a975fc','','2026-11-22 16:35:26.392982');
INSERT INTO "ledger_transactions" VALUES('1f29d81314f34331a921eb179da24764','5ba44d0007375fd2fa1d56aff7e2a0de','capture:1fa422b9fdd24bda81ec33fbe7a975fc:0','capture','1fa422b9fdd24bda81ec33fbe7a975fc','','2026-11-22 16:35:26.431530');
INSERT INTO "ledger_transactions" VALUES('078525658710423fa78e6136bb4397b1','5ba44d0007375fd2fa1d56aff7e2a0de','reserve:9a17ca37d6f7428485db629625f86e0b','reserve','9a17ca37d6f7428485db629625f86e0b','','2026-11-22 16:35:26.478887');
INSERT INTO "ledger_transactions" VALUES('f4de0528d5514dd797f4315d557971e9','5ba44d0007375fd2fa1d56aff7e2a0de','capture:9a17ca37d6f7428485db629625f86e0b:0','capture','9a17ca37d6f7428485db629625f86e0b','','2026-11-22 16:35:26.641051');
INSERT INTO "ledger_transactions" VALUES('e7e917e1da0146e49108ad681a3197af','5ba44d0007375fd2fa1d56aff7e2a0de','reserve:fa038113215f4e88b5d977238d0d4c41','reserve','fa038113215f4e88b5d977238d0d4c41','','2026-11-22 16:35:26.733440');
INSERT INTO "ledger_transactions" VALUES('2153be31ef514259bcd9aa4cab905838','5ba44d0007375fd2fa1d56aff7e2a0de','capture:fa038113215f4e88b5d977238d0d4c41:0','capture','fa038113215f4e88b5d977238d0d4c41','','2026-11-22 16:35:26.828373');
INSERT INTO "ledger_transactions" VALUES('616320a2b23549f9961f0065427800a4','5ba44d0007375fd2fa1d56aff7e2a0de','grant:5ba44d0007375fd2fa1d56aff7e2a0de:616320a2b23549f9961f0065427800a4','grant',NULL,'a present','2026-11-22 16:35:26.892012');
INSERT INTO "ledger_transactions" VALUES('e90964893c7d4ab99a6c2d2cab79f479','5ba44d0007375fd2fa1d56aff7e2a0de','reserve:c7d570d135894a6d879441b0b3b39c0f','reserve','c7d570d135894a6d879441b0b3b39c0f','','2026-11-22 16:35:26.906235');
INSERT INTO "ledger_transactions" VALUES('eb27f6111ed1450b9b6b960b4a1c617c','5ba44d0007375fd2fa1d56aff7e2a0de','reserve:8068290d072b4260988f3aef91a33cb9','reserve','8068290d072b4260988f3aef91a33cb9','','2026-11-22 16:35:27.012542');
INSERT INTO "ledger_transactions" VALUES('3bc494b8449a429c86c2c9df948ca286','5ba44d0007375fd2fa1d56aff7e2a0de','reserve:2316ae9782ac404ca9e07d4809ec43e3','reserve','2316ae9782ac404ca9e07d4809ec43e3','','2026-11-22 16:35:27.207804');
CREATE TABLE lineage (
	child_id VARCHAR(32) NOT NULL, 
	parent_id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	operation TEXT NOT NULL, 
	role TEXT NOT NULL, 
	CONSTRAINT pk_lineage PRIMARY KEY (child_id, parent_id), 
	CONSTRAINT fk_lineage_child_id FOREIGN KEY(child_id) REFERENCES assets (id), 
	CONSTRAINT fk_lineage_parent_id FOREIGN KEY(parent_id) REFERENCES assets (id), 
	CONSTRAINT fk_lineage_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "lineage" VALUES('1f8df58761e14ea68fbbd0bb3c78f506','b4915ba7a50546fdbf62d16495a8b9a3','5ba44d0007375fd2fa1d56aff7e2a0de','remove_background','image');
CREATE TABLE memberships (
	workspace_id VARCHAR(32) NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	role TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_memberships PRIMARY KEY (workspace_id, user_id), 
	CONSTRAINT fk_memberships_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT fk_memberships_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "memberships" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','1707ddac8dcbcd9c459efce0ac4d887b','owner','2026-11-22 16:35:23.789316');
INSERT INTO "memberships" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','5579e184f96ae1afa0bd804be93a2c7f','editor','2026-11-22 16:35:24.828204');
CREATE TABLE notifications (
    message_uuid TEXT NOT NULL DEFAULT (hex(randomblob(16))) PRIMARY KEY,
    destination_uuid TEXT NOT NULL,
    topic TEXT,
    message TEXT NOT NULL,
    created_at_epoch_ms INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000), "serialization" TEXT DEFAULT NULL, "consumed" BOOLEAN NOT NULL DEFAULT FALSE, consumed_by_function_id INTEGER,
    FOREIGN KEY (destination_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE "operation_outputs" (
    workflow_uuid TEXT NOT NULL,
    function_id INTEGER NOT NULL,
    function_name TEXT NOT NULL DEFAULT '',
    output TEXT,
    error TEXT,
    child_workflow_id TEXT,
    started_at_epoch_ms INTEGER,
    completed_at_epoch_ms INTEGER,
    serialization TEXT,
    application_name TEXT DEFAULT NULL,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    PRIMARY KEY (workflow_uuid, function_id)
);
CREATE TABLE provider_calls (
	id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	job_id VARCHAR(32) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	provider TEXT NOT NULL, 
	model TEXT NOT NULL, 
	state TEXT NOT NULL, 
	ticket TEXT, 
	request_id TEXT, 
	price_milli INTEGER NOT NULL, 
	problem JSON, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	CONSTRAINT pk_provider_calls PRIMARY KEY (id), 
	CONSTRAINT fk_provider_calls_job_id FOREIGN KEY(job_id) REFERENCES jobs (id), 
	CONSTRAINT fk_provider_calls_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id), 
	CONSTRAINT uq_provider_calls_job_id_ordinal_attempt UNIQUE (job_id, ordinal, attempt)
);
INSERT INTO "provider_calls" VALUES('e5de2c41cbf54f38b65b027f328ce993','5ba44d0007375fd2fa1d56aff7e2a0de','1fa422b9fdd24bda81ec33fbe7a975fc',0,0,'stub','stub-1','finished','1795365326.0579042|64|64|a lamp#236387595','',2000,NULL,'2026-11-22 16:35:26.044185','2026-11-22 16:35:26.436486');
INSERT INTO "provider_calls" VALUES('72a89e483dc147c192306c388eb3c3dd','5ba44d0007375fd2fa1d56aff7e2a0de','1fa422b9fdd24bda81ec33fbe7a975fc',1,0,'stub','stub-1','finished','1795365326.0594714|64|64|a lamp#236387596','',2000,NULL,'2026-11-22 16:35:26.044631','2026-11-22 16:35:26.416603');
INSERT INTO "provider_calls" VALUES('f6d053aa39c54c4b9ebf5275dd273c58','5ba44d0007375fd2fa1d56aff7e2a0de','9a17ca37d6f7428485db629625f86e0b',0,0,'stub','stub-1','finished','1795365326.5782344|64|64|a spoon#3190356308','',2000,NULL,'2026-11-22 16:35:26.564529','2026-11-22 16:35:26.646036');
INSERT INTO "provider_calls" VALUES('816ed75e15ce44a5b282c063197f8c1a','5ba44d0007375fd2fa1d56aff7e2a0de','fa038113215f4e88b5d977238d0d4c41',0,0,'stub','stub-1','finished','1795365326.7958236|48|40|b4915ba7a50546fdbf62d16495a8b9a3','',2000,NULL,'2026-11-22 16:35:26.784453','2026-11-22 16:35:26.835214');
INSERT INTO "provider_calls" VALUES('62a20d4356f24774bfc2a7ee87f10108','5ba44d0007375fd2fa1d56aff7e2a0de','c7d570d135894a6d879441b0b3b39c0f',0,0,'stub','stub-1','pending','11795365326.991781|64|64|with a ticket#1959528119','',2000,NULL,'2026-11-22 16:35:26.989790',NULL);
INSERT INTO "provider_calls" VALUES('f82a1333068943b3ba30533c2c7a3dce','5ba44d0007375fd2fa1d56aff7e2a0de','8068290d072b4260988f3aef91a33cb9',0,0,'stub','stub-1','intent',NULL,NULL,2000,NULL,'2026-11-22 16:35:27.191346',NULL);
CREATE TABLE queues (
    queue_id TEXT PRIMARY KEY DEFAULT (hex(randomblob(16))),
    name TEXT NOT NULL UNIQUE,
    concurrency INTEGER,
    worker_concurrency INTEGER,
    rate_limit_max INTEGER,
    rate_limit_period_sec REAL,
    priority_enabled BOOLEAN NOT NULL DEFAULT FALSE,
    partition_queue BOOLEAN NOT NULL DEFAULT FALSE,
    polling_interval_sec REAL NOT NULL DEFAULT 1.0,
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    updated_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
, "application_name" TEXT DEFAULT NULL, "partition_concurrency" INTEGER DEFAULT NULL, "partition_worker_concurrency" INTEGER DEFAULT NULL, "partition_rate_limit_max" INTEGER DEFAULT NULL, "partition_rate_limit_period_sec" REAL DEFAULT NULL);
INSERT INTO "queues" VALUES('B85549D6F50931FAE2B82AD23225FDF2','jobs',NULL,64,NULL,NULL,1,0,0.04,1795365323000,1795365325998,'image-studio',NULL,NULL,NULL,NULL);
CREATE TABLE reservations (
	job_id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	funding VARCHAR(20) NOT NULL, 
	amount_milli INTEGER NOT NULL, 
	captured_milli INTEGER NOT NULL, 
	released_milli INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_reservations PRIMARY KEY (job_id), 
	CONSTRAINT fk_reservations_job_id FOREIGN KEY(job_id) REFERENCES jobs (id), 
	CONSTRAINT fk_reservations_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "reservations" VALUES('1fa422b9fdd24bda81ec33fbe7a975fc','5ba44d0007375fd2fa1d56aff7e2a0de','unmetered',4000,4000,0,'closed','2026-11-22 16:35:25.980003');
INSERT INTO "reservations" VALUES('9a17ca37d6f7428485db629625f86e0b','5ba44d0007375fd2fa1d56aff7e2a0de','unmetered',2000,2000,0,'closed','2026-11-22 16:35:26.478887');
INSERT INTO "reservations" VALUES('fa038113215f4e88b5d977238d0d4c41','5ba44d0007375fd2fa1d56aff7e2a0de','unmetered',2000,2000,0,'closed','2026-11-22 16:35:26.733440');
INSERT INTO "reservations" VALUES('c7d570d135894a6d879441b0b3b39c0f','5ba44d0007375fd2fa1d56aff7e2a0de','unmetered',2000,0,0,'held','2026-11-22 16:35:26.906235');
INSERT INTO "reservations" VALUES('8068290d072b4260988f3aef91a33cb9','5ba44d0007375fd2fa1d56aff7e2a0de','unmetered',2000,0,0,'held','2026-11-22 16:35:27.012542');
INSERT INTO "reservations" VALUES('2316ae9782ac404ca9e07d4809ec43e3','5ba44d0007375fd2fa1d56aff7e2a0de','unmetered',2000,0,0,'held','2026-11-22 16:35:27.207804');
CREATE TABLE sessions (
	token_hash VARCHAR(64) NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT fk_sessions_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "sessions" VALUES('7c6becf15d060fb7880c7db994724e52c088a35f7ec269606a1e0bc0741237ac','5579e184f96ae1afa0bd804be93a2c7f','5ba44d0007375fd2fa1d56aff7e2a0de','2026-11-22 16:35:25.942254','2026-12-22 16:35:25.942254',NULL);
CREATE TABLE sign_in_links (
	token_hash VARCHAR(64) NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	workspace_id VARCHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_sign_in_links PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sign_in_links_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT fk_sign_in_links_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id)
);
INSERT INTO "sign_in_links" VALUES('ea72a9f844a05c6cd818f44cfd46678f73204b906dee22bd1ab54dccf71fad13','1707ddac8dcbcd9c459efce0ac4d887b','5ba44d0007375fd2fa1d56aff7e2a0de','2026-11-22 16:35:23.792732','2026-11-22 17:35:23.792732',NULL);
CREATE TABLE streams (
    workflow_uuid TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    "offset" INTEGER NOT NULL, function_id INTEGER NOT NULL DEFAULT 0, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, key, "offset"),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE users (
	id VARCHAR(32) NOT NULL, 
	email TEXT, 
	name TEXT NOT NULL, 
	password_hash TEXT, 
	created_at DATETIME NOT NULL, 
	disabled_at DATETIME, 
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_email UNIQUE (email)
);
INSERT INTO "users" VALUES('1707ddac8dcbcd9c459efce0ac4d887b',NULL,'Owner',NULL,'2026-11-22 16:35:23.789316',NULL);
INSERT INTO "users" VALUES('5579e184f96ae1afa0bd804be93a2c7f','ada@example.org','Ada','$argon2id$v=19$m=65536,t=3,p=4$QJUSN+WkKK9+F4pah/WknA$iW2Pfe2XcRtzv/fL2JbNvZAh0sAbMeB5y/LtYBlaQxI','2026-11-22 16:35:24.828204',NULL);
CREATE TABLE workflow_events (
    workflow_uuid TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, key),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_events_history (
    workflow_uuid TEXT NOT NULL,
    function_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, function_id, key),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid)
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_input (
    workflow_uuid TEXT NOT NULL PRIMARY KEY,
    inputs TEXT,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
);
INSERT INTO "workflow_input" VALUES('1fa422b9fdd24bda81ec33fbe7a975fc-0','gASVXwAAAAAAAAB9lCiMBGFyZ3OUjCA1YmE0NGQwMDA3Mzc1ZmQyZmExZDU2YWZmN2UyYTBkZZSMIDFmYTQyMmI5ZmRkMjRiZGE4MWVjMzNmYmU3YTk3NWZjlIaUjAZrd2FyZ3OUfZR1Lg==',1795365325000);
INSERT INTO "workflow_input" VALUES('9a17ca37d6f7428485db629625f86e0b-0','gASVXwAAAAAAAAB9lCiMBGFyZ3OUjCA1YmE0NGQwMDA3Mzc1ZmQyZmExZDU2YWZmN2UyYTBkZZSMIDlhMTdjYTM3ZDZmNzQyODQ4NWRiNjI5NjI1Zjg2ZTBilIaUjAZrd2FyZ3OUfZR1Lg==',1795365326000);
INSERT INTO "workflow_input" VALUES('fa038113215f4e88b5d977238d0d4c41-0','gASVXwAAAAAAAAB9lCiMBGFyZ3OUjCA1YmE0NGQwMDA3Mzc1ZmQyZmExZDU2YWZmN2UyYTBkZZSMIGZhMDM4MTEzMjE1ZjRlODhiNWQ5NzcyMzhkMGQ0YzQxlIaUjAZrd2FyZ3OUfZR1Lg==',1795365326000);
INSERT INTO "workflow_input" VALUES('c7d570d135894a6d879441b0b3b39c0f-0','gASVXwAAAAAAAAB9lCiMBGFyZ3OUjCA1YmE0NGQwMDA3Mzc1ZmQyZmExZDU2YWZmN2UyYTBkZZSMIGM3ZDU3MGQxMzU4OTRhNmQ4Nzk0NDFiMGIzYjM5YzBmlIaUjAZrd2FyZ3OUfZR1Lg==',1795365326000);
INSERT INTO "workflow_input" VALUES('8068290d072b4260988f3aef91a33cb9-0','gASVXwAAAAAAAAB9lCiMBGFyZ3OUjCA1YmE0NGQwMDA3Mzc1ZmQyZmExZDU2YWZmN2UyYTBkZZSMIDgwNjgyOTBkMDcyYjQyNjA5ODhmM2FlZjkxYTMzY2I5lIaUjAZrd2FyZ3OUfZR1Lg==',1795365327000);
INSERT INTO "workflow_input" VALUES('2316ae9782ac404ca9e07d4809ec43e3-0','gASVXwAAAAAAAAB9lCiMBGFyZ3OUjCA1YmE0NGQwMDA3Mzc1ZmQyZmExZDU2YWZmN2UyYTBkZZSMIDIzMTZhZTk3ODJhYzQwNGNhOWUwN2Q0ODA5ZWM0M2UzlIaUjAZrd2FyZ3OUfZR1Lg==',1795365327000);
CREATE TABLE workflow_output (
    workflow_uuid TEXT NOT NULL PRIMARY KEY,
    output TEXT,
    error TEXT,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
);
INSERT INTO "workflow_output" VALUES('1fa422b9fdd24bda81ec33fbe7a975fc-0','gAROLg==',NULL,1795365326000);
INSERT INTO "workflow_output" VALUES('9a17ca37d6f7428485db629625f86e0b-0','gAROLg==',NULL,1795365326000);
INSERT INTO "workflow_output" VALUES('fa038113215f4e88b5d977238d0d4c41-0','gAROLg==',NULL,1795365326000);
CREATE TABLE workflow_schedules (
    schedule_id TEXT PRIMARY KEY,
    schedule_name TEXT NOT NULL UNIQUE,
    workflow_name TEXT NOT NULL,
    workflow_class_name TEXT,
    schedule TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'ACTIVE',
    context TEXT NOT NULL
, "last_fired_at" TEXT DEFAULT NULL, "automatic_backfill" BOOLEAN NOT NULL DEFAULT FALSE, "cron_timezone" TEXT DEFAULT NULL, "queue_name" TEXT DEFAULT NULL, "application_name" TEXT DEFAULT NULL);
CREATE TABLE workflow_status (
    workflow_uuid TEXT PRIMARY KEY,
    status TEXT,
    name TEXT,
    authenticated_user TEXT,
    assumed_role TEXT,
    authenticated_roles TEXT,
    request TEXT,
    output TEXT,
    error TEXT,
    executor_id TEXT,
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    updated_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    application_version TEXT,
    application_id TEXT,
    class_name TEXT DEFAULT NULL,
    config_name TEXT DEFAULT NULL,
    recovery_attempts INTEGER DEFAULT 0,
    queue_name TEXT,
    workflow_timeout_ms INTEGER,
    workflow_deadline_epoch_ms INTEGER,
    inputs TEXT,
    started_at_epoch_ms INTEGER,
    deduplication_id TEXT,
    priority INTEGER NOT NULL DEFAULT 0
, queue_partition_key TEXT, forked_from TEXT, "owner_xid" TEXT DEFAULT NULL, "parent_workflow_id" TEXT DEFAULT NULL, "serialization" TEXT DEFAULT NULL, "delay_until_epoch_ms" BIGINT DEFAULT NULL, "was_forked_from" BOOLEAN NOT NULL DEFAULT FALSE, "rate_limited" BOOLEAN NOT NULL DEFAULT FALSE, "completed_at" BIGINT, "attributes" TEXT, "schedule_name" TEXT, "debounce_deadline_epoch_ms" BIGINT DEFAULT NULL, "is_debounced" BOOLEAN NOT NULL DEFAULT FALSE, "application_name" TEXT DEFAULT NULL, "creator_xid" TEXT DEFAULT NULL);
INSERT INTO "workflow_status" VALUES('1fa422b9fdd24bda81ec33fbe7a975fc-0','SUCCESS','run_job',NULL,NULL,NULL,NULL,NULL,NULL,'local',1795365325000,1795365326000,'1',NULL,NULL,NULL,1,'jobs',NULL,NULL,NULL,1795365325000,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,1795365326000,'null',NULL,NULL,0,'image-studio','dc02d53b-78ec-49bc-a246-ee5d2469be96');
INSERT INTO "workflow_status" VALUES('9a17ca37d6f7428485db629625f86e0b-0','SUCCESS','run_job',NULL,NULL,NULL,NULL,NULL,NULL,'local',1795365326000,1795365326000,'1',NULL,NULL,NULL,1,'jobs',NULL,NULL,NULL,1795365326000,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,1795365326000,'null',NULL,NULL,0,'image-studio','34053c1f-4ada-4137-aaac-50b6c0ce3266');
INSERT INTO "workflow_status" VALUES('fa038113215f4e88b5d977238d0d4c41-0','SUCCESS','run_job',NULL,NULL,NULL,NULL,NULL,NULL,'local',1795365326000,1795365326000,'1',NULL,NULL,NULL,1,'jobs',NULL,NULL,NULL,1795365326000,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,1795365326000,'null',NULL,NULL,0,'image-studio','fb060509-80af-4568-9905-4901b55b60b7');
INSERT INTO "workflow_status" VALUES('c7d570d135894a6d879441b0b3b39c0f-0','PENDING','run_job',NULL,NULL,NULL,NULL,NULL,NULL,'local',1795365326000,1795365326000,'1',NULL,NULL,NULL,1,'jobs',NULL,NULL,NULL,1795365326000,NULL,0,NULL,NULL,'46683f57-c96f-4251-89b7-a171edcaa8ba',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'image-studio','9a1906e8-5898-470f-91d7-d3d7c6a2e91e');
INSERT INTO "workflow_status" VALUES('8068290d072b4260988f3aef91a33cb9-0','PENDING','run_job',NULL,NULL,NULL,NULL,NULL,NULL,'local',1795365327000,1795365327000,'1',NULL,NULL,NULL,1,'jobs',NULL,NULL,NULL,1795365327000,NULL,0,NULL,NULL,'954c2c7d-ca3e-4acd-9104-cf5c8886a16a',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'image-studio','1371ec6c-c712-4f77-965d-e2836c4efd3b');
INSERT INTO "workflow_status" VALUES('2316ae9782ac404ca9e07d4809ec43e3-0','ENQUEUED','run_job',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795365327000,1795365327000,'1',NULL,NULL,NULL,0,'jobs',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,NULL,'abda0471-90b5-4690-8cca-c4dd6a996bbe');
CREATE TABLE workspaces (
	id VARCHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	tier TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_workspaces PRIMARY KEY (id)
);
INSERT INTO "workspaces" VALUES('5ba44d0007375fd2fa1d56aff7e2a0de','Studio','self_hosted','2026-11-22 16:35:23.786550');
CREATE INDEX ix_api_keys_workspace_id ON api_keys (workspace_id);
CREATE INDEX ix_assets_content ON assets (workspace_id, content_key);
CREATE INDEX ix_assets_library ON assets (workspace_id, trashed_at, created_at, id);
CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);
CREATE INDEX ix_jobs_open ON jobs (status, created_at);
CREATE INDEX ix_jobs_recent ON jobs (workspace_id, created_at, id);
CREATE INDEX ix_ledger_transactions_job_id ON ledger_transactions (job_id);
CREATE INDEX ix_ledger_transactions_statement ON ledger_transactions (workspace_id, created_at, id);
CREATE INDEX ix_memberships_user_id ON memberships (user_id);
CREATE INDEX ix_sessions_user_id ON sessions (user_id);
CREATE INDEX ix_job_events_job ON job_events (job_id, id);
CREATE INDEX ix_job_events_workspace ON job_events (workspace_id, id);
CREATE INDEX ix_ledger_entries_workspace_id ON ledger_entries (workspace_id);
CREATE INDEX ix_lineage_parent_id ON lineage (parent_id);
CREATE INDEX ix_reservations_state ON reservations (state);
CREATE INDEX workflow_status_created_at_index ON workflow_status (created_at);
CREATE INDEX idx_workflow_topic ON notifications (destination_uuid, topic);
CREATE INDEX "idx_workflow_status_delayed" ON "workflow_status" ("delay_until_epoch_ms") WHERE status = 'DELAYED';
CREATE INDEX "idx_workflow_status_forked_from" ON "workflow_status" ("forked_from") WHERE "forked_from" IS NOT NULL;
CREATE INDEX "idx_workflow_status_parent_workflow_id" ON "workflow_status" ("parent_workflow_id") WHERE "parent_workflow_id" IS NOT NULL;
CREATE UNIQUE INDEX "uq_workflow_status_dedup_id" ON "workflow_status" ("queue_name", "deduplication_id") WHERE "deduplication_id" IS NOT NULL;
CREATE INDEX "idx_workflow_status_pending" ON "workflow_status" ("created_at") WHERE "status" = 'PENDING';
CREATE INDEX "idx_workflow_status_failed" ON "workflow_status" ("status", "created_at") WHERE "status" IN ('ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED');
CREATE INDEX "idx_workflow_status_rate_limited" ON "workflow_status" ("queue_name", "started_at_epoch_ms") WHERE "rate_limited" = TRUE;
CREATE INDEX "idx_workflow_status_completed_at" ON "workflow_status" ("completed_at") WHERE "completed_at" IS NOT NULL;
CREATE INDEX "idx_workflow_status_started_at" ON "workflow_status" ("started_at_epoch_ms") WHERE "started_at_epoch_ms" IS NOT NULL;
CREATE INDEX "idx_workflow_status_schedule_name" ON "workflow_status" ("schedule_name") WHERE "schedule_name" IS NOT NULL;
CREATE UNIQUE INDEX "uq_application_versions_owner_version"
    ON application_versions ("application_name", "version_name")
    WHERE "application_name" IS NOT NULL;
CREATE UNIQUE INDEX "uq_application_versions_unclaimed_version"
    ON application_versions ("version_name")
    WHERE "application_name" IS NULL;
CREATE INDEX idx_workflow_input_retention
    ON workflow_input (retention_timestamp);
CREATE INDEX idx_workflow_output_retention
    ON workflow_output (retention_timestamp);
CREATE INDEX idx_operation_outputs_retention
    ON operation_outputs (retention_timestamp);
CREATE INDEX "idx_workflow_status_in_flight_v2" ON "workflow_status" ("queue_name", "status", "priority", "created_at", "application_name") WHERE "status" IN ('ENQUEUED', 'PENDING');
CREATE INDEX "idx_workflow_status_partition_dequeue_v3" ON "workflow_status" ("queue_name", "status", "queue_partition_key", "priority", "created_at", "workflow_uuid", "application_name") WHERE "status" IN ('ENQUEUED', 'PENDING') AND "queue_partition_key" IS NOT NULL;
CREATE INDEX "idx_operation_outputs_completed_at_function_name_v2" ON "operation_outputs" ("completed_at_epoch_ms", "function_name", "application_name");
CREATE INDEX "idx_workflow_status_deadline" ON "workflow_status" ("workflow_deadline_epoch_ms") WHERE "status" IN ('ENQUEUED', 'PENDING', 'DELAYED') AND "workflow_deadline_epoch_ms" IS NOT NULL;
CREATE INDEX "idx_application_versions_timestamp" ON "application_versions" ("version_timestamp" DESC);
CREATE INDEX "idx_application_versions_owner_timestamp" ON "application_versions" ("application_name", "version_timestamp" DESC);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('job_events',12);
COMMIT;
