package vn.sodiaban.fieldbook.notify

import android.Manifest.permission.POST_NOTIFICATIONS
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import vn.sodiaban.fieldbook.shell.Place

/** Asks whether to tell of answers, once: when the first saved record is left, since from then on an answer may come. */
@Composable
fun AskToTell(here: Place, teller: Teller) {
    var cameFrom by rememberSaveable { mutableStateOf<Place?>(null) }
    val permission = rememberLauncherForActivityResult(RequestPermission()) {}
    val hasLeft = cameFrom is Place.Saved && here in Place.BAR
    SideEffect { cameFrom = here }
    LaunchedEffect(here) {
        if (hasLeft && teller.shouldAsk()) {
            teller.asked()
            permission.launch(POST_NOTIFICATIONS)
        }
    }
}
