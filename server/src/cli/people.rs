//! Colleagues, their posts, and the codes that enrol their phones.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use fieldbook_model::body::{Ended, Kind, Person, Post, Role};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_protocol::invitation::Invitation;
use serde_json::json;

use super::data::DataFolder;
use super::fault::CliFault;
use super::serve::ADDRESS;
use super::{Out, find, now, random};
use crate::office::desk;
use crate::office::invite::{self, CodeKind};
use crate::office::reference::Reference;
use crate::storage::Tx;
use crate::tls::Root;

/// What to do with colleagues.
#[derive(Debug, Subcommand)]
pub enum PersonVerb {
    /// Add a colleague.
    Add {
        /// Full name, family name first.
        name: String,
        /// Work phone number.
        #[arg(long)]
        phone: Option<String>,
    },
    /// List colleagues with their ids.
    List,
}

/// What to do with posts.
#[derive(Debug, Subcommand)]
pub enum PostVerb {
    /// Give a colleague a post.
    Add(PostArgs),
    /// End a post.
    End {
        /// Its id.
        post: FactId,
        /// Last day, as 2026-11-30; today when left out.
        #[arg(long)]
        last: Option<NaiveDate>,
    },
}

/// A post.
#[derive(Debug, Args)]
pub struct PostArgs {
    /// Who: id or full name.
    #[arg(long)]
    person: String,
    /// Where: code, id or name.
    #[arg(long)]
    unit: String,
    /// What it lets its holder do: liaison, head, secretary, desk or leader.
    #[arg(long)]
    role: String,
    /// As written on the decision; the usual title of the role when left out.
    #[arg(long)]
    title: Option<String>,
    /// First day, as 2026-11-22; today when left out.
    #[arg(long)]
    from: Option<NaiveDate>,
    /// Last day, when it is fixed.
    #[arg(long)]
    to: Option<NaiveDate>,
}

/// Whom to invite.
#[derive(Debug, Args)]
pub struct InviteArgs {
    /// A colleague who is known already: id or full name.
    #[arg(long, required_unless_present = "name", conflicts_with = "name")]
    person: Option<String>,
    /// A new colleague's full name.
    #[arg(long)]
    name: Option<String>,
    /// Work phone number of a new colleague.
    #[arg(long, requires = "name")]
    phone: Option<String>,
    /// Post to give as well: liaison, head, secretary, desk or leader.
    #[arg(long, requires = "unit")]
    role: Option<String>,
    /// Unit of the post: code, id or name.
    #[arg(long, requires = "role")]
    unit: Option<String>,
    /// Title of the post.
    #[arg(long, requires = "role")]
    title: Option<String>,
    /// Ten digits to type, for an address with a publicly trusted certificate.
    #[arg(long)]
    digits: bool,
    /// Where the phone reaches the server; what `serve` said last when left out.
    #[arg(long)]
    server: Option<String>,
}

/// `person …`
pub fn person(data: &DataFolder, verb: PersonVerb, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    match verb {
        PersonVerb::Add { name, phone } => {
            let id = data.store()?.write_now(move |tx| add_person(tx, name, phone))?;
            if as_json { writeln!(out, "{}", json!({"id": id.to_string()}))? } else { writeln!(out, "{id}")? }
        }
        PersonVerb::List => {
            let reference = data.store()?.read_now(Reference::load)?;
            for (id, person) in reference.roster.people() {
                if as_json {
                    writeln!(out, "{}", json!({"id": id.to_string(), "name": person.name}))?;
                } else {
                    writeln!(out, "{id}  {}", person.name)?;
                }
            }
        }
    }
    Ok(())
}

/// `post …`
pub fn post(data: &DataFolder, verb: PostVerb, out: Out<'_>) -> Result<(), CliFault> {
    let id = match verb {
        PostVerb::Add(args) => data.store()?.write_now(move |tx| {
            let who = person_named(tx, &args.person)?;
            add_post(tx, who, &args.unit, &args.role, args.title, args.from, args.to)
        })?,
        PostVerb::End { post, last } => data.store()?.write_now(move |tx| {
            let ended = Ended { last: last.map_or(Day::of(now()), Day::from) };
            desk::write(tx, Kind::Ended, Some(post), &ended, now())
        })?,
    };
    writeln!(out, "{id}")?;
    Ok(())
}

/// `invite …`
pub fn invite(data: &DataFolder, args: InviteArgs, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    let root = Root::kept_in(&data.keys())?.map(|root| root.der().to_vec());
    let mut random = random()?;
    let kind = if args.digits { CodeKind::Typed } else { CodeKind::Qr };
    let (code, person, known_address) = data.store()?.write_now(move |tx| {
        let person = match (args.person, args.name) {
            (Some(known), _) => person_named(tx, &known)?,
            (None, Some(name)) => add_person(tx, name, args.phone)?,
            (None, None) => return Err(CliFault::Asked("say whom to invite: --person or --name".into())),
        };
        if let (Some(role), Some(unit)) = (args.role, args.unit) {
            add_post(tx, person, &unit, &role, args.title, None, None)?;
        }
        let code = invite::create(tx, person, kind, now(), &mut random)?;
        let address = match args.server {
            Some(server) => Some(server),
            None => tx.value(ADDRESS)?.and_then(|value| String::from_utf8(value).ok()),
        };
        Ok((code, person, address))
    })?;
    let server = known_address
        .ok_or_else(|| CliFault::Asked("say where the phone reaches the server: --server https://host[:port]".into()))?;
    let root = root.filter(|_| server.starts_with("https://")).map(Into::into);
    let text = Invitation { server: server.clone(), code: code.clone(), root }.to_text();
    if as_json {
        writeln!(out, "{}", json!({"code": code, "text": text, "server": server, "person": person.to_string()}))?;
    } else if kind == CodeKind::Typed {
        writeln!(out, "{code}\naddress {server}")?;
    } else {
        writeln!(out, "{text}")?;
    }
    Ok(())
}

/// The colleague meant by an id or a full name.
pub(super) fn person_named(tx: &mut dyn Tx, text: &str) -> Result<FactId, CliFault> {
    let reference = Reference::load(tx)?;
    if let Some(id) = text.parse().ok().filter(|id| reference.person(*id).is_some()) {
        return Ok(id);
    }
    let wanted = fieldbook_model::text::norm(text);
    let people = reference.roster.people();
    let found: Vec<FactId> =
        people.filter(|(_, person)| fieldbook_model::text::norm(&person.name) == wanted).map(|(id, _)| id).collect();
    let name = |id| reference.person(id).map(|person| person.name.clone()).unwrap_or_default();
    Ok(find::one(found, "person", text, name)?)
}

fn add_person(tx: &mut dyn Tx, name: String, phone: Option<String>) -> Result<FactId, CliFault> {
    Ok(desk::write(tx, Kind::Person, None, &Person { name, phone }, now())?)
}

fn add_post(
    tx: &mut dyn Tx,
    person: FactId,
    unit: &str,
    role: &str,
    title: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<FactId, CliFault> {
    let role = Role::from_key(role)
        .ok_or_else(|| CliFault::Asked(format!("\"{role}\" is not a role; write liaison, head, secretary, desk or leader")))?;
    let unit = find::unit(&Reference::load(tx)?.tree, unit)?;
    let title = title.unwrap_or_else(|| usual_title(role).to_owned());
    let post = Post { person, unit, title, role, from: from.map_or(Day::of(now()), Day::from), to: to.map(Day::from) };
    Ok(desk::write(tx, Kind::Post, None, &post, now())?)
}

/// As decisions usually say it.
fn usual_title(role: Role) -> &'static str {
    match role {
        Role::Liaison => "cán bộ theo dõi địa bàn",
        Role::Head => "trưởng ấp",
        Role::Secretary => "bí thư chi bộ",
        Role::Desk => "văn phòng",
        Role::Leader => "lãnh đạo",
        Role::Other(_) => "",
    }
}
