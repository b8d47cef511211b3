package vn.sodiaban.fieldbook.shell

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.ui.PinnedActions
import vn.sodiaban.fieldbook.ui.SideButton

/** The way to a new code of the office, above the bottom bar. Nothing is taken away meanwhile: one may go on writing. */
@Composable
fun NewCodeStrip(onEnrol: () -> Unit, modifier: Modifier = Modifier) {
    PinnedActions(modifier, isLowest = false) {
        SideButton(stringResource(R.string.action_new_code), onEnrol, icon = R.drawable.ic_scan)
    }
}

/** Whether only a new code of the office lets this phone send again. */
internal fun needsNewCode(standing: Standing): Boolean = when (standing) {
    Standing.SIGN_IN_AGAIN, Standing.REVOKED -> true
    Standing.NOT_ENROLLED, Standing.AWAIT_CONFIRMATION, Standing.FILLING, Standing.READY -> false
}
