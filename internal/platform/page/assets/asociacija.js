/* Asociacija: one small script. Every page is complete without it. */
"use strict";
const $$ = (q, f) => document.querySelectorAll(q).forEach(f);
const later = (f, ms) => { let t; return () => { clearTimeout(t); t = setTimeout(f, ms); }; };

/* What is typed is kept in the browser until it is sent. */
$$("[data-keep]", (el) => {
	const key = "keep:" + el.dataset.keep;
	try {
		if (!el.value && localStorage[key]) el.value = localStorage[key];
		el.addEventListener("input", later(() => { localStorage[key] = el.value; }, 300));
		el.form.addEventListener("submit", () => { if (el.value.length < 2e6) localStorage[key] = el.value; });
	} catch { /* a browser without storage keeps nothing */ }
});
$$("[data-kept]", (el) => { try { localStorage.removeItem("keep:" + el.dataset.kept); } catch { } });

/* A personal link that a person opened, and not a program that looks into mail. */
$$("form[data-seen]", (form) => { fetch(form.dataset.seen, { method: "POST" }).catch(() => {}); });

/* A form that saves itself. */
$$("form[data-autosave]", (form) => {
	const said = form.querySelector("[role=status]");
	const save = later(async () => {
		try {
			const r = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "text/plain" } });
			const text = await r.text();
			if (said && text.length < 300) said.textContent = text;
		} catch { if (said) said.textContent = form.dataset.offline || ""; }
	}, 800);
	form.addEventListener("input", save);
	form.addEventListener("change", save);
});

/* Counting answers as they are given. */
$$("form[data-count]", (form) => {
	const bar = form.querySelector("progress"), text = form.querySelector("[data-counted]");
	form.addEventListener("change", () => {
		const n = new Set([...form.querySelectorAll(".ask :checked[type=radio]")].map((e) => e.name)).size;
		if (bar) bar.value = n;
		if (text) text.textContent = text.dataset.counted.replace("#", n);
	});
});

/* The redline of what is being typed. */
$$("[data-live]", (el) => {
	const out = document.getElementById(el.dataset.liveTo || "live");
	if (!out) return;
	el.addEventListener("input", later(async () => {
		const r = await fetch(el.dataset.live, { method: "POST", body: new URLSearchParams({ text: el.value }) });
		if (r.ok) out.innerHTML = await r.text();
	}, 250));
});

/* Files may be dropped on the form that takes them. */
$$("form[data-drop]", (form) => {
	const into = form.querySelector("input[type=file]");
	form.addEventListener("dragover", (e) => { e.preventDefault(); form.dataset.over = ""; });
	form.addEventListener("dragleave", () => delete form.dataset.over);
	form.addEventListener("drop", (e) => {
		e.preventDefault();
		delete form.dataset.over;
		if (e.dataTransfer.files.length) { into.files = e.dataTransfer.files; into.dispatchEvent(new Event("change", { bubbles: true })); into.focus(); }
	});
});

/* A file that is too big is not even sent. */
$$("input[type=file][data-big]", (el) => el.addEventListener("change", () => {
	el.setCustomValidity([...el.files].some((f) => f.size > 50 * 2 ** 20) ? el.dataset.big : "");
	el.reportValidity();
}));

/* Choosing all of a list. */
$$("[data-all]", (el) => el.addEventListener("change", () => el.form.querySelectorAll(`[name="${el.dataset.all}"]`).forEach((c) => { c.checked = el.checked; })));

/* Choices in order of preference: nobody can be chosen twice. */
$$("form[data-ranks]", (form) => {
	const all = [...form.querySelectorAll("select")];
	const mark = () => all.forEach((s) => [...s.options].forEach((o) => { o.disabled = o.value !== "" && all.some((t) => t !== s && t.value === o.value); }));
	form.addEventListener("change", mark);
	mark();
});

/* Long work shows how far it is. */
$$("[data-refresh]", (el) => {
	const tick = async () => {
		const r = await fetch(location.href, { headers: { "X-Part": el.id } });
		if (!r.ok) return;
		const doc = new DOMParser().parseFromString(await r.text(), "text/html"), now = doc.getElementById(el.id);
		if (now) { el.replaceChildren(...now.childNodes); if ("refresh" in now.dataset) setTimeout(tick, 2000); else location.reload(); }
	};
	setTimeout(tick, 2000);
});

/* Passkeys: a device signs in, or makes a key. */
if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) $$("[data-passkey]", (box) => {
	const path = box.dataset.passkey, said = box.querySelector("[role=status]"), K = PublicKeyCredential;
	const ask = async (to, body) => {
		const r = await fetch(to, { method: "POST", body, headers: { "Content-Type": "application/json" } }), v = await r.json();
		if (!r.ok) throw Object.assign(new Error(), v);
		return v;
	};
	box.hidden = false;
	box.querySelector("button").addEventListener("click", async () => {
		try {
			const { publicKey } = await ask(path + "/begin");
			const key = path.startsWith("/sign-in")
				? await navigator.credentials.get({ publicKey: K.parseRequestOptionsFromJSON(publicKey) })
				: await navigator.credentials.create({ publicKey: K.parseCreationOptionsFromJSON(publicKey) });
			const q = new URLSearchParams({ name: box.querySelector("input")?.value || "", next: box.dataset.next || "" });
			location = (await ask(path + "/finish?" + q, JSON.stringify(key.toJSON()))).next;
		} catch (e) { said.textContent = e.said || box.dataset.wrong; }
	});
});

/* "/" goes to the search box; the error summary is read first. */
addEventListener("keydown", (e) => {
	if (e.key !== "/" || e.ctrlKey || e.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
	const q = document.getElementById("q");
	if (q) { const menu = q.closest("details"); if (menu) menu.open = true; e.preventDefault(); q.focus(); }
});
document.querySelector(".errors")?.focus();
addEventListener("beforeprint", () => $$("details", (d) => { d.open = true; }));
