package vn.sodiaban.fieldbook.shell

import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.produceState
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.outcome

/** Pages about residents cannot be photographed from the screen, nor seen among the recent apps. */
@Composable
fun SecureWindow(here: Place, fieldbook: FieldbookInterface) {
    val window = LocalActivity.current?.window ?: return
    val isSecret by key(here) { produceState(initialValue = mayBeSecret(here)) { value = isSecret(here, fieldbook) } }
    DisposableEffect(window, isSecret) {
        if (isSecret) window.addFlags(FLAG_SECURE) else window.clearFlags(FLAG_SECURE)
        onDispose {}
    }
}

/** Before it is known: a case is secret until it turns out to be none of a resident. */
private fun mayBeSecret(place: Place): Boolean = place is Place.Petition || place is Place.Case

private suspend fun isSecret(place: Place, fieldbook: FieldbookInterface): Boolean = when (place) {
    is Place.Case -> (outcome { fieldbook.case(place.id).row.kind } as? Outcome.Done)?.value.let { it == null || it == CaseKind.PETITION }
    else -> mayBeSecret(place)
}
