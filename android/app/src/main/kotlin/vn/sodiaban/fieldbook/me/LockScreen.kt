package vn.sodiaban.fieldbook.me

import android.app.Activity
import android.app.KeyguardManager
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.StartActivityForResult
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.PinField
import vn.sodiaban.fieldbook.ui.SideButton

/** Asks for the PIN. Forgotten, the phone's own lock opens too, and takes the PIN away. What is behind stays as it was. */
@Composable
fun LockScreen(choices: Choices, onOpen: () -> Unit, modifier: Modifier = Modifier) {
    val scope = rememberCoroutineScope()
    var isWrong by remember { mutableStateOf(false) }
    val title = stringResource(R.string.screen_lock_title)
    val keyguard = LocalContext.current.getSystemService(KeyguardManager::class.java)
    val phoneLock = rememberLauncherForActivityResult(StartActivityForResult()) { result ->
        if (result.resultCode == Activity.RESULT_OK) {
            scope.launch {
                choices.removePin()
                onOpen()
            }
        }
    }

    @Suppress("DEPRECATION") // what replaces it cannot ask for the lock alone before API 30
    val ask = keyguard?.createConfirmDeviceCredentialIntent(title, null)
    LockContent(
        isWrong = isWrong,
        onPin = { pin -> scope.launch { if (choices.isPin(pin)) onOpen() else isWrong = true } },
        onForget = ask?.let { intent -> { phoneLock.launch(intent) } },
        modifier = modifier,
    )
}

/** `onForget` none: this phone has no lock of its own. */
@Composable
fun LockContent(isWrong: Boolean, onPin: (String) -> Unit, onForget: (() -> Unit)?, modifier: Modifier = Modifier) {
    var pin by remember { mutableStateOf("") }
    Page(
        title = stringResource(R.string.screen_lock_title),
        modifier = modifier,
        actions = {
            MainButton(stringResource(R.string.screen_lock_open), { onPin(pin) })
            if (onForget != null) SideButton(stringResource(R.string.screen_lock_forgotten), onForget)
        },
    ) {
        PinField(pin, { pin = it }, fault = if (isWrong) stringResource(R.string.screen_lock_wrong) else null)
        if (onForget == null) Text(stringResource(R.string.screen_lock_no_phone_lock))
    }
}
