package vn.sodiaban.fieldbook.harness

import vn.sodiaban.fieldbook.core.Fieldbook
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.NewDraft

/** The real core on a phone that is full for a while: Hôm nay cannot be read, no form begun. */
class FullPhone(private val core: Fieldbook) :
    FieldbookInterface by core,
    AutoCloseable by core {
    @Volatile
    var isFull = true

    override suspend fun today() = withRoom { core.today() }

    override suspend fun startDraft(draft: NewDraft) = withRoom { core.startDraft(draft) }

    private suspend fun <T> withRoom(call: suspend () -> T): T = if (isFull) throw FieldbookException.StorageFull() else call()
}
