package vn.sodiaban.fieldbook.words

import androidx.annotation.StringRes
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Trouble

/** Why nothing goes just now. */
@StringRes
fun Trouble.sentence(): Int = when (this) {
    Trouble.OFFLINE -> R.string.network_none
    Trouble.OFFICE_BUSY -> R.string.trouble_office_busy
    Trouble.UNTRUSTED -> R.string.trouble_untrusted
    Trouble.BROKEN -> R.string.trouble_broken
    Trouble.REVOKED -> R.string.error_revoked
    Trouble.UPDATE_APP -> R.string.error_update_app
    Trouble.SIGN_IN_AGAIN -> R.string.error_sign_in_again
    Trouble.AWAIT_CONFIRMATION -> R.string.error_await_confirmation
}
