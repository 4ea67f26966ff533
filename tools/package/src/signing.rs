//! Signing, each thing in the way its system checks it: Authenticode for Windows, OpenPGP for the rpm and for
//! the apt repository, minisign for updates and for the list of hashes.
//!
//! The keys come from the folder that `HANDSET_RELEASE_KEYS` names: `authenticode.p12`, `openpgp.asc`,
//! `update.key`, and `timestamp.url` with the address of a time stamp authority. Passwords come from
//! `HANDSET_AUTHENTICODE_PASSWORD` and `HANDSET_UPDATE_KEY_PASSWORD`. Without that variable, keys are made on the
//! spot; every name in them says that they are for tests and prove nothing.
//!
//! Promises: what changes bytes comes before what vouches for bytes. Must never: write a private key into a
//! release, or sign a part with a release key and another with a test key.

use std::{
    env,
    fs::{self, File},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use minisign::{KeyPair, PublicKey, SecretKeyBox, SignatureBox};
use xshell::{Shell, cmd};

use crate::{linux_files::put, release::Release};

const KEYS_VARIABLE: &str = "HANDSET_RELEASE_KEYS";
const AUTHENTICODE_PASSWORD: &str = "HANDSET_AUTHENTICODE_PASSWORD";
const UPDATE_KEY_PASSWORD: &str = "HANDSET_UPDATE_KEY_PASSWORD";
/// The folder of a release with the public keys.
pub(crate) const PUBLIC_FOLDER: &str = "keys";
/// A file of that folder which is there only if the keys were made for a test.
pub(crate) const TEST_MARK: &str = "THESE-ARE-TEST-KEYS.txt";
pub(crate) const UPDATE_KEY: &str = "update.pub";
pub(crate) const OPENPGP_KEY: &str = "openpgp.asc";
pub(crate) const AUTHENTICODE_ROOT: &str = "authenticode.pem";
pub(crate) const TIMESTAMP_ROOT: &str = "timestamp.pem";
/// What a signature begins with, where nothing vouches for the line: so it is compared.
pub(crate) const UNTRUSTED_COMMENT: &str = "signature of a file of Handset";
/// It protects nothing.
const TEST_PASSWORD: &str = "test";
const TEST_NAME: &str = "Handset TEST key, proves nothing";

/// The private keys of a release.
pub(crate) struct Keys {
    folder: PathBuf,
    pub(crate) is_test: bool,
    update: KeyPair,
}

impl Keys {
    /// The keys that were given, or keys for a test.
    pub(crate) fn from_environment(release: &Release) -> Result<Self> {
        let (folder, is_test) = match env::var_os(KEYS_VARIABLE) {
            Some(folder) => (PathBuf::from(folder), false),
            None => (test_keys(release)?, true),
        };
        for needed in ["authenticode.p12", "openpgp.asc", "update.key"] {
            ensure!(
                folder.join(needed).is_file(),
                "{needed} is not in the folder that {KEYS_VARIABLE} names"
            );
        }
        let text = fs::read_to_string(folder.join("update.key"))?;
        let key = SecretKeyBox::from_string(&text)?;
        let secret = match env::var(UPDATE_KEY_PASSWORD) {
            Ok(password) if !is_test => key.into_secret_key(Some(password)),
            _ => key.into_unencrypted_secret_key(),
        }
        .map_err(|error| anyhow!("update.key cannot be opened: {error}"))?;
        let update = KeyPair {
            pk: PublicKey::from_secret_key(&secret)?,
            sk: secret,
        };
        Ok(Self {
            folder,
            is_test,
            update,
        })
    }

    /// What a person should know before anything is signed.
    pub(crate) fn notice(&self) -> String {
        if self.is_test {
            format!(
                "{KEYS_VARIABLE} is not set: everything is signed with keys made for tests, which prove nothing."
            )
        } else {
            format!("Signing with the keys in {}.", self.folder.display())
        }
    }

    /// The public key in the form in which it is built into the program: minisign's text in base64.
    pub(crate) fn built_in(&self) -> Result<String> {
        Ok(BASE64_STANDARD.encode(self.update.pk.to_box()?.into_string()))
    }

    /// Signs a program or an installer of Windows in place, with a time stamp.
    pub(crate) fn sign_for_windows(&self, release: &Release, path: &Path) -> Result<()> {
        let sh = &release.sh;
        let keys = self.folder.join("authenticode.p12");
        let signed = path.with_extension("signed");
        // osslsigncode takes no empty password from a file.
        let password = match env::var(AUTHENTICODE_PASSWORD) {
            Ok(password) if !self.is_test && !password.is_empty() => password,
            _ if self.is_test => TEST_PASSWORD.to_owned(),
            _ => {
                return Err(anyhow!(
                    "{AUTHENTICODE_PASSWORD} is not set: authenticode.p12 has to have a password"
                ));
            }
        };
        let stamp = match fs::read_to_string(self.folder.join("timestamp.url")) {
            Ok(url) => vec!["-ts".to_owned(), url.trim().to_owned()],
            Err(_) if self.is_test => {
                let file = |name: &str| self.folder.join(name).display().to_string();
                vec![
                    "-TSA-certs".to_owned(),
                    file("timestamp-chain.pem"),
                    "-TSA-key".to_owned(),
                    file("timestamp.key"),
                ]
            }
            Err(_) => {
                return Err(anyhow!(
                    "the keys name no time stamp authority (timestamp.url)"
                ));
            }
        };
        let secret = tempfile::NamedTempFile::new()?;
        fs::write(secret.path(), password)?;
        let secret = secret.path();
        cmd!(
            sh,
            "osslsigncode sign -pkcs12 {keys} -readpass {secret} -h sha256 -n Handset -i https://github.com/handset-app/handset {stamp...} -in {path} -out {signed}"
        )
        .quiet()
        .ignore_stdout()
        .run()?;
        fs::rename(signed, path)?;
        Ok(())
    }

    /// Signs an rpm in place.
    pub(crate) fn sign_rpm(&self, release: &Release, rpm: &Path) -> Result<()> {
        let home = self.keyring(&release.sh)?;
        let (sh, path) = (&release.sh, home.path());
        let name = fingerprint(sh, path)?;
        let defines = [
            format!("_gpg_name {name}"),
            format!("_gpg_path {}", path.display()),
            // Debian's rpm asks for `gpg2`, which is no longer called so.
            "__gpg /usr/bin/gpg".to_owned(),
        ]
        .into_iter()
        .flat_map(|define| ["--define".to_owned(), define]);
        cmd!(sh, "rpmsign {defines...} --addsign {rpm}")
            .quiet()
            .ignore_stdout()
            .run()?;
        Ok(())
    }

    /// Signs the list of an apt repository, in both forms that apt reads.
    pub(crate) fn sign_list(&self, release: &Release, list: &Path) -> Result<()> {
        let home = self.keyring(&release.sh)?;
        let (sh, path) = (&release.sh, home.path());
        let inline = list.with_file_name("InRelease");
        let detached = list.with_file_name("Release.gpg");
        cmd!(sh, "gpg --homedir {path} --batch --yes --digest-algo SHA256 --clearsign --output {inline} {list}")
            .quiet()
            .run()?;
        cmd!(sh, "gpg --homedir {path} --batch --yes --digest-algo SHA256 --armor --detach-sign --output {detached} {list}")
            .quiet()
            .run()?;
        Ok(())
    }

    /// A signature of minisign, as text.
    pub(crate) fn sign(&self, path: &Path, about: &str) -> Result<String> {
        let signature = minisign::sign(
            Some(&self.update.pk),
            &self.update.sk,
            File::open(path)?,
            Some(about),
            Some(UNTRUSTED_COMMENT),
        )?;
        Ok(signature.into_string())
    }

    /// Puts the public keys beside the installers.
    pub(crate) fn write_public(&self, release: &Release) -> Result<()> {
        let folder = release.out.join(PUBLIC_FOLDER);
        let sh = &release.sh;
        put(
            &folder.join(UPDATE_KEY),
            self.update.pk.to_box()?.into_string().as_bytes(),
        )?;
        let home = self.keyring(sh)?;
        let path = home.path();
        let key = cmd!(sh, "gpg --homedir {path} --batch --armor --export")
            .quiet()
            .read()?;
        put(&folder.join(OPENPGP_KEY), format!("{key}\n").as_bytes())?;
        for name in [AUTHENTICODE_ROOT, TIMESTAMP_ROOT] {
            if let Ok(root) = fs::read(self.folder.join(name)) {
                put(&folder.join(name), &root)?;
            }
        }
        if self.is_test {
            let text = "These keys were made by `cargo xtask package` for a test. A signature with them proves \
                        nothing about who made a file.\n";
            put(&folder.join(TEST_MARK), text.as_bytes())?;
        }
        Ok(())
    }

    /// A home for gpg with the private key in it, which goes away with the value.
    fn keyring(&self, sh: &Shell) -> Result<tempfile::TempDir> {
        let home = private_folder()?;
        let (path, key) = (home.path(), self.folder.join("openpgp.asc"));
        cmd!(sh, "gpg --homedir {path} --batch --quiet --import {key}")
            .quiet()
            .run()?;
        Ok(home)
    }
}

/// Signs every installer for the updater, whose form is minisign's text in base64.
pub(crate) fn sign_for_update(release: &Release, keys: &Keys) -> Result<()> {
    for entry in fs::read_dir(&release.out)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.context("a name that is no text")?;
        if !["deb", "rpm", "msi"]
            .iter()
            .any(|kind| name.ends_with(&format!(".{kind}")))
        {
            continue;
        }
        // The updater compares the version with the one that the list of a channel names, so that an old
        // installer is not taken for a new one.
        let about = format!(
            "timestamp:{}\tfile:{name}\tversion:{}",
            release.epoch(),
            release.version
        );
        let signature = BASE64_STANDARD.encode(keys.sign(&path, &about)?);
        put(
            &release.out.join(format!("{name}.sig")),
            signature.as_bytes(),
        )?;
    }
    Ok(())
}

/// Checks a signature of minisign. The line that it does not cover has to be ours, and the text in the one form
/// that we write, so that no byte of it can be changed unnoticed.
pub(crate) fn check(key: &PublicKey, text: &str, path: &Path) -> Result<()> {
    let signature = SignatureBox::from_string(text)?;
    ensure!(
        signature.untrusted_comment()? == UNTRUSTED_COMMENT && signature.to_string() == text,
        "the signature is not in the form in which it was made"
    );
    minisign::verify(key, &signature, File::open(path)?, true, false, false)
        .map_err(|error| anyhow!("{error}"))
}

/// A folder that only we can enter, as gpg wants it.
pub(crate) fn private_folder() -> Result<tempfile::TempDir> {
    let mode = fs::Permissions::from_mode(0o700);
    Ok(tempfile::Builder::new().permissions(mode).tempdir()?)
}

/// The fingerprint of the only key of a keyring.
fn fingerprint(sh: &Shell, home: &Path) -> Result<String> {
    let listed = cmd!(
        sh,
        "gpg --homedir {home} --batch --with-colons --list-secret-keys"
    )
    .quiet()
    .read()?;
    listed
        .lines()
        .find_map(|line| line.strip_prefix("fpr:"))
        .map(|line| line.trim_matches(':').to_owned())
        .context("openpgp.asc holds no private key")
}

/// Keys that are made once for this checkout.
fn test_keys(release: &Release) -> Result<PathBuf> {
    let folder = release.work.join("test-keys");
    if folder.join("complete").is_file() {
        return Ok(folder);
    }
    let folder = release.fresh("test-keys")?;
    let pair = KeyPair::generate_unencrypted_keypair()?;
    fs::write(
        folder.join("update.key"),
        pair.sk.to_box(Some(TEST_NAME))?.into_string(),
    )?;
    openpgp_test_key(&release.sh, &folder)?;
    certificates_for_tests(&release.sh, &folder)?;
    fs::write(folder.join("complete"), "")?;
    Ok(folder)
}

fn openpgp_test_key(sh: &Shell, folder: &Path) -> Result<()> {
    let home = private_folder()?;
    let path = home.path();
    let user = format!("{TEST_NAME} <test@localhost>");
    let no_password = "";
    cmd!(sh, "gpg --homedir {path} --batch --quiet --pinentry-mode loopback --passphrase {no_password} --quick-generate-key {user} rsa3072 sign never")
        .quiet()
        .ignore_stderr()
        .run()?;
    let key = cmd!(
        sh,
        "gpg --homedir {path} --batch --armor --export-secret-keys"
    )
    .quiet()
    .read()?;
    fs::write(folder.join("openpgp.asc"), format!("{key}\n"))?;
    Ok(())
}

/// One authority, and below it a certificate for code and one for time stamps.
fn certificates_for_tests(sh: &Shell, folder: &Path) -> Result<()> {
    let _folder = sh.push_dir(folder);
    let subject = |what: &str| format!("/CN=Handset TEST {what}, proves nothing");
    let root = subject("authority");
    cmd!(sh, "openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj {root} -keyout root.key -out authenticode.pem")
        .quiet().ignore_stderr().run()?;
    for (name, what, usage) in [
        ("code", "publisher", "codeSigning"),
        ("timestamp", "time stamps", "critical,timeStamping"),
    ] {
        let (subject, key, request, certificate) = (
            subject(what),
            format!("{name}.key"),
            format!("{name}.csr"),
            format!("{name}-certificate.pem"),
        );
        let extensions = format!("{name}.ext");
        fs::write(
            folder.join(&extensions),
            format!(
                "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage={usage}\n"
            ),
        )?;
        cmd!(
            sh,
            "openssl req -newkey rsa:3072 -nodes -subj {subject} -keyout {key} -out {request}"
        )
        .quiet()
        .ignore_stderr()
        .run()?;
        cmd!(sh, "openssl x509 -req -in {request} -CA authenticode.pem -CAkey root.key -CAcreateserial -days 3650 -extfile {extensions} -out {certificate}")
            .quiet().ignore_stderr().run()?;
    }
    let password = format!("pass:{TEST_PASSWORD}");
    cmd!(sh, "openssl pkcs12 -export -inkey code.key -in code-certificate.pem -certfile authenticode.pem -out authenticode.p12 -passout {password}")
        .quiet().ignore_stderr().run()?;
    fs::copy(
        folder.join("authenticode.pem"),
        folder.join("timestamp.pem"),
    )?;
    let chain = fs::read_to_string(folder.join("timestamp-certificate.pem"))?
        + &fs::read_to_string(folder.join("authenticode.pem"))?;
    fs::write(folder.join("timestamp-chain.pem"), chain)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(text: &[u8]) -> (tempfile::TempDir, PathBuf, PublicKey, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, text).unwrap();
        let update = KeyPair::generate_unencrypted_keypair().unwrap();
        let public = update.pk.clone();
        let keys = Keys {
            folder: folder.path().to_owned(),
            is_test: true,
            update,
        };
        let signature = keys.sign(&path, "timestamp:1\tfile:file").unwrap();
        (folder, path, public, signature)
    }

    #[test]
    fn a_changed_byte_of_the_file_or_of_its_signature_is_caught() {
        let (_folder, path, key, signature) = signed(b"installer");
        check(&key, &signature, &path).unwrap();
        for place in 0..signature.len() {
            let mut changed = signature.clone().into_bytes();
            changed[place] ^= 1;
            if let Ok(changed) = String::from_utf8(changed) {
                assert!(check(&key, &changed, &path).is_err(), "byte {place}");
            }
        }
        fs::write(&path, b"instaxler").unwrap();
        assert!(check(&key, &signature, &path).is_err());
    }

    #[test]
    fn a_signature_with_another_key_is_refused() {
        let (_folder, path, _, signature) = signed(b"installer");
        let other = KeyPair::generate_unencrypted_keypair().unwrap();
        assert!(check(&other.pk, &signature, &path).is_err());
    }
}
