console.log('heard by nobody');
