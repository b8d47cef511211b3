package vn.sodiaban.fieldbook.shell

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.saveable.listSaver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.runtime.snapshots.SnapshotStateList
import androidx.lifecycle.ViewModel
import androidx.lifecycle.ViewModelStore
import androidx.lifecycle.ViewModelStoreOwner
import androidx.lifecycle.viewmodel.compose.LocalViewModelStoreOwner
import androidx.lifecycle.viewmodel.compose.viewModel
import java.io.Serializable
import java.util.UUID

/** The pages one came through, the shown one last. Kept in the activity's saved state. */
@Stable
class Stack internal constructor(internal val entries: SnapshotStateList<Entry>) {
    /** A place on the stack; the same place twice is two of them. */
    internal data class Entry(val place: Place, val key: String = UUID.randomUUID().toString()) : Serializable

    constructor(start: Place) : this(mutableStateListOf(Entry(start)))

    val here: Place get() = entries.last().place
    val canGoBack: Boolean get() = entries.size > 1

    /** Opens a page. A place of the bottom bar takes the place of all others; back from it leads to Hôm nay. */
    fun go(place: Place) {
        when (place) {
            here -> Unit
            Place.Today -> startAt(place)
            in Place.BAR -> startAt(Place.Today, place)
            else -> entries += Entry(place)
        }
    }

    /** Leaves everything behind. */
    fun startAt(vararg places: Place) {
        entries.clear()
        entries += places.map { Entry(it) }
    }

    /** The same page under another name: a new form has its draft now. Its view model and what was typed stay. */
    fun rename(place: Place) {
        entries[entries.lastIndex] = entries.last().copy(place = place)
    }

    /** Opens a page in place of this one, so that back does not lead here again. */
    fun replace(place: Place) {
        entries[entries.lastIndex] = Entry(place)
    }

    fun back() {
        if (canGoBack) entries.removeAt(entries.lastIndex)
    }

    internal companion object {
        val Saver = listSaver<Stack, Entry>({ it.entries.toList() }, { Stack(mutableStateListOf(*it.toTypedArray())) })
    }
}

@Composable
fun rememberStack(start: Place): Stack = rememberSaveable(saver = Stack.Saver) { Stack(start) }

/** Draws the last page. Each page has its own view models and its own saved state until one goes back from it. */
@Composable
fun StackPages(stack: Stack, page: @Composable (Place) -> Unit) {
    val stores: Stores = viewModel { Stores() }
    val saved = rememberSaveableStateHolder()
    BackHandler(stack.canGoBack, stack::back)
    val shown = stack.entries.last()
    saved.SaveableStateProvider(shown.key) {
        CompositionLocalProvider(LocalViewModelStoreOwner provides stores.owner(shown.key)) { page(shown.place) }
    }
    val keys = stack.entries.map { it.key }
    SideEffect { stores.keepOnly(keys, saved::removeState) }
}

/** The view models of each page; outlives a rotation. */
internal class Stores : ViewModel() {
    private val owners = mutableMapOf<String, ViewModelStoreOwner>()

    fun owner(key: String): ViewModelStoreOwner = owners.getOrPut(key) {
        object : ViewModelStoreOwner {
            override val viewModelStore = ViewModelStore()
        }
    }

    fun keepOnly(keys: List<String>, forget: (String) -> Unit) {
        (owners.keys - keys.toSet()).forEach { gone ->
            owners.remove(gone)?.viewModelStore?.clear()
            forget(gone)
        }
    }

    override fun onCleared() = owners.values.forEach { it.viewModelStore.clear() }
}
