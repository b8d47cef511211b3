package vn.sodiaban.fieldbook.ui

import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect

/** No pictures of this page: not by a key, not in the list of apps. */
@Composable
fun SecureWindow() {
    val window = LocalActivity.current?.window ?: return
    DisposableEffect(window) {
        window.addFlags(FLAG_SECURE)
        onDispose { window.clearFlags(FLAG_SECURE) }
    }
}
