use fidius::{plugin_impl, plugin_interface};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// Never crosses, and could not.
pub struct Marker(#[allow(dead_code)] std::sync::mpsc::Sender<u8>);

#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Id<T> {
    number: u64,
    kind: PhantomData<fn() -> T>,
}

#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Tagged<T, U = Marker> {
    id: Id<T>,
    pair: (PhantomData<T>, u8),
    perhaps: Option<PhantomData<*const U>>,
    #[serde(skip)]
    cache: Vec<U>,
}

#[derive(Serialize, Deserialize)]
#[serde(bound = "", transparent)]
pub struct Only<T: ?Sized> {
    value: String,
    of: PhantomData<T>,
}

type Named<T> = Only<T>;

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Phantoms: Send + Sync {
    fn id(&self, id: Id<Marker>) -> Id<Vec<Marker>>;
    fn tagged(&self, tagged: Tagged<Marker>) -> PhantomData<Marker>;
    fn only(&self, only: Named<[Marker]>) -> Only<fn(Marker) -> Marker>;
}

pub struct Ghost;

#[plugin_impl(Phantoms)]
impl Phantoms for Ghost {
    fn id(&self, id: Id<Marker>) -> Id<Vec<Marker>> {
        Id { number: id.number, kind: PhantomData }
    }
    fn tagged(&self, tagged: Tagged<Marker>) -> PhantomData<Marker> {
        let _ = (tagged.id.kind, tagged.pair, tagged.perhaps, tagged.cache);
        PhantomData
    }
    fn only(&self, only: Named<[Marker]>) -> Only<fn(Marker) -> Marker> {
        Only { value: only.value, of: PhantomData }
    }
}
